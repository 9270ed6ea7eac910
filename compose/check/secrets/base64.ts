const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The UTF-8 of a text in Base64. Lone surrogates are an error: they have no UTF-8. */
export function base64(text: string): string {
  const bytes = [...encodeURIComponent(text).matchAll(/%([\dA-F]{2})|[\s\S]/g)].map(
    ({ 0: character, 1: hex }) => (hex === undefined ? character.charCodeAt(0) : Number.parseInt(hex, 16)),
  );
  let result = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second, third] = bytes.slice(at, at + 3);
    const bits = (first << 16) | ((second ?? 0) << 8) | (third ?? 0);
    result += digits[(bits >> 18) & 63] ?? '';
    result += digits[(bits >> 12) & 63] ?? '';
    result += second === undefined ? '=' : (digits[(bits >> 6) & 63] ?? '');
    result += third === undefined ? '=' : (digits[bits & 63] ?? '');
  }
  return result;
}
