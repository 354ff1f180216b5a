// A WebSocket client that does as little as it can, so that the load generator is not what is measured:
// one read buffer for all sockets, no copies, no events, no decoding. Text frames in one piece only.

import { randomBytes } from "node:crypto";
import net from "node:net";

const READ_BUFFER = Buffer.allocUnsafe(1 << 18);
const MASK = randomBytes(4);
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

export class Socket {
  /** Called with (buffer, start, end) of each text frame; the bytes are only valid during the call. */
  onText = () => {};
  /** Called once with the close code (1006 when the connection just ended). */
  onClose = () => {};
  #tcp;
  #kept = null;
  #closed = false;

  constructor(tcp) {
    this.#tcp = tcp;
  }

  /** Resolves once the server has switched protocols. Rejects with the status line if it does not. */
  static open({ host, port, path, headers = {} }) {
    return new Promise((resolve, reject) => {
      let socket = null;
      let answer = Buffer.alloc(0);
      const read = (length, buffer) => {
        if (socket) return socket.#read(buffer.subarray(0, length)), true;
        answer = Buffer.concat([answer, buffer.subarray(0, length)]);
        const end = answer.indexOf("\r\n\r\n");
        if (end < 0) return true;
        const status = answer.toString("latin1", 0, answer.indexOf("\r\n"));
        if (!status.includes(" 101 ")) return reject(new Error(status)), tcp.destroy(), true;
        socket = new Socket(tcp);
        const early = Buffer.from(answer.subarray(end + 4));
        resolve(socket);
        if (early.length) queueMicrotask(() => socket.#read(early));
        return true;
      };
      const tcp = net.connect({ host, port, noDelay: true, onread: { buffer: READ_BUFFER, callback: read } });
      tcp.on("error", (error) => (socket ? socket.#end(1006) : reject(error)));
      tcp.on("close", () => socket?.#end(1006));
      const lines = Object.entries({
        Host: `${host}:${port}`,
        Upgrade: "websocket",
        Connection: "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
        ...headers,
      }).map(([name, value]) => `${name}: ${value}\r\n`);
      tcp.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
  }

  send(text) {
    this.#write(TEXT, Buffer.from(text));
  }

  destroy() {
    this.#closed = true;
    this.#tcp.destroy();
  }

  #write(opcode, payload) {
    const length = payload.length;
    const extra = length < 126 ? 0 : length < 65536 ? 2 : 8;
    const frame = Buffer.allocUnsafe(6 + extra + length);
    frame[0] = 0x80 | opcode;
    frame[1] = 0x80 | (extra === 0 ? length : extra === 2 ? 126 : 127);
    if (extra === 2) frame.writeUInt16BE(length, 2);
    if (extra === 8) frame.writeBigUInt64BE(BigInt(length), 2);
    MASK.copy(frame, 2 + extra);
    for (let i = 0, at = 6 + extra; i < length; i++) frame[at + i] = payload[i] ^ MASK[i & 3];
    this.#tcp.write(frame);
  }

  #read(chunk) {
    let bytes = this.#kept ? Buffer.concat([this.#kept, chunk]) : chunk;
    this.#kept = null;
    let at = 0;
    while (bytes.length - at >= 2) {
      let length = bytes[at + 1];
      let start = at + 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      if (bytes.length - start < length) break;
      this.#frame(bytes[at], bytes, start, start + length);
      at = start + length;
    }
    if (at < bytes.length) this.#kept = Buffer.from(bytes.subarray(at));
  }

  #frame(first, bytes, start, end) {
    if (first === (0x80 | TEXT)) this.onText(bytes, start, end);
    else if (first === (0x80 | PING)) this.#write(PONG, bytes.subarray(start, end));
    else if (first === (0x80 | CLOSE)) this.#end(end - start >= 2 ? bytes.readUInt16BE(start) : 1005);
    else throw new Error(`a frame this client does not read: ${first.toString(16)}`);
  }

  #end(code) {
    if (this.#closed) return;
    this.destroy();
    this.onClose(code);
  }
}
