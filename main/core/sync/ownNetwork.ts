import { isIP } from 'node:net';

/** Whether what is sent to an address stays secret on its way, or in one's own network. @param url of HTTP */
export function isSecureUrl(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isPrivateHost(hostname);
}

/**
 * Whether a name or an address leads to this machine or into the network it stands in (RFC 1918, 3927, 4193, 4291, 6761, 6762, 8375).
 *
 * @param hostname as URL has it: an IPv6 address in brackets
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(host) === 4) return /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  if (isIP(host) === 6) return host === '::1' || /^f[cd]|^fe[89ab]/.test(host);
  return /(^|\.)(localhost|local|internal|home\.arpa)\.?$/.test(host);
}
