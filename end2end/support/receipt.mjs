// A receipt made as a device makes it: sixteen random bytes and twelve bits that check them.

import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

export function newReceipt(secret = randomBytes(16)) {
  const check = createHash("sha256")
    .update("partake receipt v1\0check\0\0")
    .update(secret)
    .digest()
    .readUInt16BE(0) >> 4;
  let bits = (BigInt(`0x${secret.toString("hex")}`) << 12n) | BigInt(check);
  let text = "";
  for (let n = 0; n < 28; n += 1) {
    text = ALPHABET[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text.match(/.{4}/g).join("-");
}
