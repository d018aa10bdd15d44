import { useState, type ReactNode } from 'react';
import type { Photo } from '../../../preload/index.ts';
import {
  Button,
  CodeSlots,
  FaceRing,
  Headline,
  HourRail,
  icons,
  Keypad,
  Lead,
  Mosaic,
  Notice,
  Paper,
  Print,
  ProgressLine,
  QrCode,
  SecondsRing,
  Sheet,
  Shelf,
  Stage,
  stacksOf,
  Stepper,
  Viewer,
  type RingState,
} from '../index.ts';
import styles from './Gallery.module.css';

const rings: readonly RingState[] = [
  { at: 'off' },
  { at: 'breathing' },
  { at: 'tight' },
  { at: 'counting', secondsLeft: 2 },
  { at: 'holding' },
];

/** Stand-ins: no photo has these hashes, so that each tile stays the paper that it comes up on. */
const photos: readonly Photo[] = [3000, 2000, 3000, 3000, 2000, 3000, 3000].map((width, index) => ({
  id: index + 1,
  sha256: String(index).repeat(64),
  width,
  height: 5000 - width,
  takenAt: `2026-06-14T2${String(index % 4)}:1${String(index)}:00`,
}));

const nothing = (): void => undefined;

/** Every part in each of its states. */
export const Parts = ({ tone }: { tone: string }) => {
  const [count, setCount] = useState(2);
  const [code, setCode] = useState('7K3M');
  const [hour, setHour] = useState('2026-06-14T21');
  const [openId, setOpenId] = useState<number>();
  return (
    <div className={styles['parts']}>
      <Part name="Headline, Lead">
        <Headline level={2}>Où êtes-vous ?</Headline>
        <Lead>Regardez la caméra.</Lead>
      </Part>
      <Part name="Button">
        <Button kind="primary" onPress={nothing}>
          primary
        </Button>
        <Button kind="primary" isDisabled onPress={nothing}>
          primary, isDisabled
        </Button>
        <Button kind="choice" hint="hint" onPress={nothing}>
          choice
        </Button>
        <Button kind="plain" onPress={nothing}>
          plain
        </Button>
      </Part>
      <Part name="icons">
        <div className={styles['icons']}>
          {Object.entries(icons).map(([name, Icon]) => (
            <Icon key={name} />
          ))}
        </div>
      </Part>
      <Part name="FaceRing">
        <div className={styles['row']}>
          {rings.map((state) => (
            <div key={state.at} className={styles['ring']}>
              <FaceRing state={state} />
            </div>
          ))}
        </div>
      </Part>
      <Part name="SecondsRing">
        <div className={styles['box']}>
          <SecondsRing secondsLeft={14} label="14" />
        </div>
      </Part>
      <Part name="SecondsRing, isQuiet">
        <SecondsRing isQuiet secondsLeft={74} label="74" />
      </Part>
      <Part name="QrCode">
        <div className={styles['ring']}>
          <QrCode text="https://findme.example/g/abc" label="QR" />
        </div>
      </Part>
      <Part name="Print: blank, comes-up, fades">
        <Print />
        <Print state="comes-up" />
        <Print state="fades" />
      </Part>
      <Part name="Sheet, before its picture comes up">
        <div className={styles['ring']}>
          <Sheet url={undefined} aspect={2 / 3} alt="">
            Sheet
          </Sheet>
        </div>
      </Part>
      <Part name="Stepper">
        <Stepper label="Stepper" value={count} least={1} most={3} fewer="-" more="+" onChange={setCount} />
      </Part>
      <Part name="ProgressLine">
        <ProgressLine />
      </Part>
      <Part name="Notice">
        <Notice code="camera.missing" />
      </Part>
      <Part name="CodeSlots, Keypad">
        <CodeSlots code={code} length={8} />
        <CodeSlots code={code} length={12} />
        <Keypad
          onCharacter={(character) => {
            setCode((before) => (before + character).slice(0, 12));
          }}
          onErase={() => {
            setCode((before) => before.slice(0, -1));
          }}
        />
      </Part>
      <Part name="HourRail">
        <HourRail
          hours={['2026-06-14T20', '2026-06-14T21', '2026-06-15T00'].map((each) => ({ hour: each, photos: 48 }))}
          current={hour}
          onHour={setHour}
        />
      </Part>
      {[1, 3, 7].map((count) => (
        <Part key={count} name={`Shelf, Mosaic of ${String(count)}`}>
          <div className={styles['box']}>
            <Shelf label={`${tone}, ${String(count)}`}>
              <Mosaic stacks={stacksOf(photos.slice(0, count))} onOpen={setOpenId} />
            </Shelf>
          </div>
        </Part>
      ))}
      <Part name="Stage">
        <div className={styles['screen']}>
          <Stage
            isOverlay
            words={<Headline level={2}>words</Headline>}
            primary={
              <Button kind="primary" onPress={nothing}>
                primary
              </Button>
            }
          >
            content
          </Stage>
        </div>
      </Part>
      <Part name="Paper">
        <div className={styles['screen']}>
          <Paper
            isOverlay
            words={<Headline level={2}>words</Headline>}
            primary={
              <Button kind="primary" onPress={nothing}>
                primary
              </Button>
            }
            secondary={
              <Button kind="plain" onPress={nothing}>
                secondary
              </Button>
            }
            leave={
              <Button kind="plain" onPress={nothing}>
                leave
              </Button>
            }
          >
            content
          </Paper>
        </div>
      </Part>
      {openId !== undefined && (
        <Viewer
          photos={photos}
          openId={openId}
          onOpen={setOpenId}
          onClose={() => {
            setOpenId(undefined);
          }}
        />
      )}
    </div>
  );
};

const Part = ({ name, children }: { name: string; children: ReactNode }) => (
  <section className={styles['part']}>
    <h3 className={styles['name']}>{name}</h3>
    {children}
  </section>
);
