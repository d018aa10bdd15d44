import type { NetworkInterfaceInfo } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reachableAddress } from '../../main/core/delivery/addresses.ts';

const ipv4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  ...{ address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: `${address}/24` },
});
const ipv6 = (address: string): NetworkInterfaceInfo => ({
  ...{ address, internal: false, family: 'IPv6', netmask: 'ffff::', mac: '00:00:00:00:00:00', cidr: null, scopeid: 0 },
});

const realNames = ['eth0', 'en0', 'enp3s0', 'Ethernet', 'wlan0', 'wlp2s0', 'Wi-Fi', 'ap0', 'bridge100'];
const virtualNames = ['docker0', 'br-5f1c', 'veth12ab', 'virbr0', 'vmnet8', 'vboxnet0', 'vEthernet (WSL)'];
const tunnelNames = ['tun0', 'tap1', 'utun4', 'wg0', 'ztabc', 'tailscale0', 'ppp0', 'awdl0', 'llw0', 'lxcbr0', 'cni0'];

const privateAddress = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)).map(([b, c, d]) => `10.${[b, c, d].join('.')}`),
  fc.tuple(fc.nat(255), fc.nat(255)).map(([c, d]) => `192.168.${[c, d].join('.')}`),
  fc.tuple(fc.integer({ min: 16, max: 31 }), fc.nat(255), fc.nat(255)).map((rest) => `172.${rest.join('.')}`),
);
const publicAddress = fc.constantFrom('8.8.4.4', '172.15.0.1', '172.32.0.1', '192.167.1.1', '11.0.0.1', '100.64.0.9');
const unreachable = fc.oneof(
  fc.tuple(fc.constantFrom('lo', 'lo0'), fc.constant(ipv4('127.0.0.1', true))),
  fc.tuple(fc.constantFrom(...realNames), fc.constant(ipv4('169.254.3.9'))),
  fc.tuple(fc.constantFrom(...realNames), fc.constant(ipv6('fe80::1'))),
  fc.tuple(fc.constantFrom(...realNames), fc.constant(ipv6('fd00::25'))),
  fc.tuple(fc.constantFrom(...virtualNames, ...tunnelNames), privateAddress.map(ipv4)),
);
const reachable = fc.tuple(
  fc.constantFrom(...realNames),
  fc.oneof(privateAddress, publicAddress).map((address) => ipv4(address)),
);

type Named = readonly [string, NetworkInterfaceInfo];

function interfacesOf(named: readonly Named[]): Record<string, NetworkInterfaceInfo[]> {
  const interfaces: Record<string, NetworkInterfaceInfo[]> = {};
  for (const [name, info] of named) (interfaces[name] ??= []).push(info);
  return interfaces;
}

const isPrivate = (address: string) => /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);

describe('the address that phones are given', () => {
  it('is a private one before a public one, though the public one is that of the Wi-Fi', () => {
    expect(reachableAddress({ wlan0: [ipv4('8.8.4.4')], eth0: [ipv4('10.0.0.7')] })).toBe('10.0.0.7');
  });

  it('is private by RFC 1918 and by nothing else', () => {
    for (const other of ['172.15.0.1', '172.32.0.1', '192.167.0.1', '11.0.0.1']) {
      expect(reachableAddress({ a0: [ipv4(other)], b0: [ipv4('172.16.0.1')] })).toBe('172.16.0.1');
    }
  });

  it.each(['wlan0', 'wlp2s0', 'Wi-Fi', 'WLAN', 'ap0'])('is that of the Wi-Fi before that of the cable: %s', (name) => {
    expect(reachableAddress({ eth0: [ipv4('10.0.0.7')], [name]: [ipv4('192.168.1.7')] })).toBe('192.168.1.7');
    expect(reachableAddress({ [name]: [ipv4('192.168.1.7')], Ethernet: [ipv4('10.0.0.7')] })).toBe('192.168.1.7');
  });

  it.each([...virtualNames, ...tunnelNames])('is never one of %s', (name) => {
    expect(reachableAddress({ [name]: [ipv4('10.0.0.7')] })).toBeUndefined();
  });

  it('is there only where a phone can reach it', () => {
    fc.assert(
      fc.property(fc.array(unreachable, { maxLength: 8 }), (named) => {
        expect(reachableAddress(interfacesOf(named))).toBeUndefined();
      }),
    );
  });

  it('is one of the reachable ones, a private one where there is any, whatever lies beside them', () => {
    fc.assert(
      fc.property(fc.array(reachable, { minLength: 1, maxLength: 5 }), fc.array(unreachable), (good, bad) => {
        const chosen = reachableAddress(interfacesOf([...bad, ...good])) ?? '';
        const offered = good.map(([, { address }]) => address);
        expect(offered).toContain(chosen);
        expect(isPrivate(chosen)).toBe(offered.some(isPrivate));
      }),
    );
  });

  it('is the same one, in whatever order the system names them', () => {
    const shuffled = fc
      .array(reachable, { minLength: 1, maxLength: 6 })
      .chain((named) =>
        fc.tuple(fc.constant(named), fc.shuffledSubarray(named, { minLength: named.length, maxLength: named.length })),
      );
    fc.assert(
      fc.property(shuffled, ([named, other]) => {
        expect(reachableAddress(interfacesOf(other))).toBe(reachableAddress(interfacesOf(named)));
      }),
    );
  });
});
