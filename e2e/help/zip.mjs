// Reads the files of a .zip, as they are packed by the house: deflated, each with its name.
import { inflateRawSync } from "node:zlib";

const ENTRY = 0x02014b50;

/** The files by name, as bytes. */
export function unzip(bytes) {
  const files = {};
  for (let at = bytes.indexOf("PK\x01\x02", 0, "latin1"); at >= 0 && bytes.readUInt32LE(at) === ENTRY; ) {
    const [packed, nameLength, extra, comment] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const begins = bytes.readUInt32LE(at + 42);
    const data = begins + 30 + bytes.readUInt16LE(begins + 26) + bytes.readUInt16LE(begins + 28);
    const content = bytes.subarray(data, data + packed);
    files[name] = bytes.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content);
    at += 46 + nameLength + extra + comment;
    if (at + 4 > bytes.length) break;
  }
  return files;
}
