export const shareLinksSchema = `
-- By what it is opened: a code that a guest types, or a link on the guest's phone.
ALTER TABLE kept_visits ADD COLUMN kind TEXT NOT NULL DEFAULT 'code' CHECK (kind IN ('code', 'link'));
`;
