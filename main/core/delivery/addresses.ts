import type { NetworkInterfaceInfo } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

// What programs lay over the real networks: containers, virtual machines, tunnels to somewhere else. No guest's phone is in one of these.
const virtual =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|tun|tap|utun|wg|zt|tailscale|ipsec|ppp|awdl|llw|lxc|cni)/i;
const wireless = /^(wl|wlan|wi-?fi|ap\d)/i;

const wirelessBonus = 4;
const privateBonus = 8;

/**
 * The address by which guests' phones reach this machine: IPv4, of a real network, a private one before a public one, the Wi-Fi before the cable, where a
 * hotspot of the machine's own counts as Wi-Fi.
 *
 * @param interfaces as `os.networkInterfaces()` gives them
 * @returns undefined where there is none
 */
export function reachableAddress(interfaces: Interfaces): string | undefined {
  const candidates = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !isLinkLocal(address))
      .filter(() => !virtual.test(name))
      .map(({ address }) => ({ name, address, rank: rankOf(name, address) })),
  );
  // Of two alike the same one each time, so that the code on the screen does not change for nothing.
  candidates.sort((a, b) => b.rank - a.rank || a.name.localeCompare(b.name) || a.address.localeCompare(b.address));
  return candidates.at(0)?.address;
}

const rankOf = (name: string, address: string): number =>
  (isPrivate(address) ? privateBonus : 0) + (wireless.test(name) ? wirelessBonus : 0);

/** RFC 3927: what a machine gives itself where nobody gives it an address. */
const isLinkLocal = (address: string): boolean => address.startsWith('169.254.');

/** RFC 1918. */
function isPrivate(address: string): boolean {
  const [first, second] = address.split('.').map(Number);
  return first === 10 || (first === 192 && second === 168) || (first === 172 && second >= 16 && second <= 31);
}
