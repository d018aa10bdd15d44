export const printsSchema = `
-- What is to be printed, and was.
CREATE TABLE print_orders (
  -- A UUID.
  id          TEXT PRIMARY KEY,
  event_id    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  -- The guest's, for the limits; NULL for the crew's, and once the guest was erased.
  visit_id    TEXT REFERENCES visits ON DELETE SET NULL,
  ordered_by  TEXT NOT NULL CHECK (ordered_by IN ('guest', 'staff')),
  ordered_at  TEXT NOT NULL,
  template    TEXT NOT NULL,
  voucher     TEXT,
  is_paid     INTEGER NOT NULL,
  -- Under the event's key: the page, with its photos. NULL once the guest was erased.
  sealed      BLOB
) STRICT;

CREATE INDEX print_orders_by_time ON print_orders (event_id, ordered_at);
CREATE INDEX print_orders_by_visit ON print_orders (visit_id);

CREATE TABLE print_sheets (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  order_id    TEXT NOT NULL REFERENCES print_orders ON DELETE CASCADE,
  -- Of the order, from 1.
  number      INTEGER NOT NULL,
  -- handing-over: the spooler is being given it. held: it has it, and waits for our word. released: it prints it.
  -- unclear: the spooler has lost sight of it.
  state       TEXT NOT NULL CHECK (state IN ('waiting', 'handing-over', 'held', 'released', 'printed', 'cancelled', 'unclear')),
  -- Where it is; while it waits, where it has to go.
  printer     TEXT,
  -- The spooler's name of it.
  job         TEXT,
  -- That came to nothing.
  tries       INTEGER NOT NULL DEFAULT 0,
  -- ISO 8601; until then it is not tried again.
  rests_until TEXT,
  fault_code  TEXT,
  fault_detail TEXT,
  changed_at  TEXT NOT NULL
) STRICT;

CREATE INDEX print_sheets_by_order ON print_sheets (order_id, number);
-- A printer has one sheet at a time.
CREATE UNIQUE INDEX one_sheet_a_printer ON print_sheets (printer) WHERE state IN ('handing-over', 'held', 'released');
CREATE INDEX print_sheets_to_do ON print_sheets (state) WHERE state IN ('waiting', 'handing-over', 'held', 'released');

CREATE TABLE print_vouchers (
  event_id    INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
  code        TEXT NOT NULL,
  -- That it is good for.
  sheets      INTEGER NOT NULL,
  made_at     TEXT NOT NULL,
  PRIMARY KEY (event_id, code)
) STRICT;
`;
