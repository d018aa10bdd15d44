import { useEffect, useRef } from 'react';
import { brandingUrl } from '../../preload/index.ts';
import { CameraVideo } from './CameraVideo.tsx';
import {
  consentFor,
  hasAnyCode,
  mayShare,
  type Journey,
  type KioskSettings,
  type KioskState,
} from './journey/index.ts';
import { measureShutterToGrid } from './measureShutterToGrid.ts';
import {
  Attract,
  Browse,
  Camera,
  CodeEntry,
  Consent,
  Erase,
  Finish,
  Goodbye,
  KeptCode,
  Nothing,
  Pause,
  PrintChoose,
  PrintOver,
  PrintSheet,
  PrintVoucher,
  Printing,
  Results,
  Searching,
  Share,
} from './screens/index.ts';
import type { EventLook, OwnPhoneLook } from './screens/props.ts';
import { doesAnyFit, fitting, withinReach } from './templates/index.ts';

export interface SceneViewProps {
  state: KioskState;
  kiosk: KioskSettings;
  journey: Journey;
  video: HTMLVideoElement;
}

/** The screen of where the guest is. */
export function SceneView(props: SceneViewProps) {
  const { at } = props.state.scene;
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (at === 'results' && box.current !== null) void measureShutterToGrid(box.current);
  }, [at]);

  return (
    <div ref={box} className="kiosk-scene" data-screen={at}>
      <Screen {...props} />
    </div>
  );
}

function Screen({ state, kiosk, journey, video }: SceneViewProps) {
  const { scene, visit } = state;
  const { mayBrowse, phones } = kiosk;
  const found = visit?.found;
  const templates = kiosk.print?.templates ?? [];
  const { pickUp, access, price } = kiosk.print ?? { pickUp: 'desk', access: 'free', price: '' };
  const canPrint = doesAnyFit(templates, found?.sure.length ?? 0);
  const consent = consentFor(kiosk, state.language)?.consent;
  switch (scene.at) {
    case 'dark':
      return null;
    case 'attract':
      return (
        <Attract
          event={lookOf(kiosk)}
          engine={state.engine}
          mayBrowse={mayBrowse}
          ownPhone={ownPhoneOf(kiosk)}
          {...journey.attract}
        />
      );
    case 'consent':
      return consent && <Consent consent={consent} mayBrowse={mayBrowse} {...journey.consent} />;
    case 'camera':
      return (
        <Camera
          phase={scene.phase}
          video={<CameraVideo video={video} rotationDegrees={kiosk.camera.rotationDegrees} />}
          aspect={scene.aspect}
          isLit={scene.isLit}
          {...journey.camera}
        />
      );
    case 'searching':
      return <Searching stillUrl={scene.stillUrl} photos={visit?.photos ?? 0} />;
    case 'results':
      return (
        <Results
          sure={found?.sure ?? []}
          maybe={found?.maybe ?? []}
          newPhotos={found?.newPhotos ?? 0}
          openId={scene.openId}
          fault={scene.fault}
          {...journey.results}
          onShare={mayShare(kiosk) ? journey.results.onShare : undefined}
          onPrint={canPrint ? journey.results.onPrint : undefined}
          onPrintPhoto={fitting(templates, 1).length > 0 ? journey.results.onPrintPhoto : undefined}
        />
      );
    case 'nothing':
      return (
        <Nothing
          reason={scene.reason}
          mayBrowse={mayBrowse}
          fault={scene.fault}
          {...journey.nothing}
          onKeep={scene.canKeep ? journey.nothing.onKeep : undefined}
          onErase={visit === undefined ? undefined : journey.nothing.onErase}
        />
      );
    case 'finish':
      return (
        <Finish
          photos={found?.sure.length ?? 0}
          fault={scene.fault}
          {...journey.finish}
          onShare={mayShare(kiosk) ? journey.finish.onShare : undefined}
          hasCode={hasAnyCode(visit)}
          onKeep={visit?.hasCode === true ? undefined : journey.finish.onKeep}
        />
      );
    case 'keptCode':
      return (
        <KeptCode
          code={scene.code}
          homeAddress={kiosk.home?.shortAddress}
          expiresOn={scene.expiresOn}
          {...journey.keptCode}
        />
      );
    case 'share':
      return (
        <Share
          here={scene.here}
          home={scene.home}
          wifi={phones?.wifi}
          code={scene.code}
          expiresOn={scene.expiresOn}
          secondsLeft={scene.secondsLeft}
          {...journey.share}
        />
      );
    case 'printChoose': {
      const photos = found?.sure ?? [];
      return (
        <PrintChoose
          photos={photos}
          templates={withinReach(templates, photos.length)}
          chosen={scene.chosen}
          {...journey.printChoose}
        />
      );
    }
    case 'printSheet':
      return (
        <PrintSheet
          photos={scene.photos}
          templates={fitting(templates, scene.photos.length)}
          templateId={scene.templateId}
          page={scene.pages.get(scene.templateId)}
          copies={scene.copies}
          left={scene.left}
          access={access}
          price={price}
          isBusy={scene.isBusy}
          fault={scene.fault}
          {...journey.printSheet}
        />
      );
    case 'printVoucher':
      return <PrintVoucher fault={scene.fault} isBusy={scene.isBusy} {...journey.printVoucher} />;
    case 'printing': {
      const order = visit?.prints.find(({ orderId }) => orderId === scene.orderId);
      return (
        order && (
          <Printing
            order={order}
            page={scene.page}
            pickUp={pickUp}
            price={access === 'paid' ? price : ''}
            secondsLeft={scene.secondsLeft}
            {...journey.printing}
            onAgain={canPrint ? journey.printing.onAgain : undefined}
          />
        )
      );
    }
    case 'printOver':
      return <PrintOver reason={scene.reason} {...journey.printOver} />;
    case 'browse':
      return (
        <Browse
          hours={scene.hours}
          hour={scene.hour}
          photos={scene.photos}
          hasMore={scene.hasMore}
          openId={scene.openId}
          fault={scene.fault}
          {...journey.browse}
        />
      );
    case 'codeEntry':
      return (
        <CodeEntry codeLength={kiosk.codeLength} fault={scene.fault} isBusy={scene.isBusy} {...journey.codeEntry} />
      );
    case 'erase':
      return <Erase withFaces={scene.withFaces} isBusy={scene.isBusy} fault={scene.fault} {...journey.erase} />;
    case 'goodbye':
      return (
        <Goodbye
          hasCode={scene.hasCode}
          erasedFaces={scene.erasedFaces}
          prints={scene.prints && { state: scene.prints, pickUp }}
          {...journey.goodbye}
        />
      );
    case 'pause':
      return <Pause />;
  }
}

const lookOf = ({ event }: KioskSettings): EventLook => ({
  name: event.name,
  logoUrl: event.logo === undefined ? undefined : brandingUrl(event.logo),
  attractUrls: event.attractPictures.map(brandingUrl),
});

function ownPhoneOf({ phones }: KioskSettings): OwnPhoneLook | undefined {
  return phones?.startUrl === undefined ? undefined : { startUrl: phones.startUrl, wifi: phones.wifi };
}
