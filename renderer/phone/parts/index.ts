// What the phone's screens are made of.
export { Advice } from './Advice.tsx';
export { Button, FileLink } from './Button.tsx';
export { CodeForm } from './CodeForm.tsx';
export { Field } from './Field.tsx';
export { Header } from './Header.tsx';
export { LineNote } from './LineNote.tsx';
export { Prints } from './Prints.tsx';
export { Screen } from './Screen.tsx';
export { Waiting } from './Waiting.tsx';
