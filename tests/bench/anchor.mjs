// The anchor: what Node's `ws` does when all there is to do is to hand every message to everyone.
// Nothing is stored and nobody is asked who they are. Each message gets a number, so that the
// receivers can check order; the frame is built once. Run: node anchor.mjs PORT

import { WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), perMessageDeflate: false });
let seq = 0;

server.on("connection", (socket) => {
  socket.on("message", (message) => {
    seq += 1;
    const frame = Buffer.from(`{"seq":${seq},"message":${message}}`);
    for (const member of server.clients) member.send(frame, { binary: false });
  });
});
server.on("listening", () => console.log("ready"));
