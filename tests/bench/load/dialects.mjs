// How a member speaks to each contender. A dialect gives:
//
//   connect(i)          where and how member i connects
//   enter(member)       resolves when the member hears the room
//   say(member, text)   asks for one message to be sent to the room
//   stepOut(member)     stops hearing the room, where that can be done; `enter` hears it again
//   heard(bytes, start, end, member)   whether the frame holds events; other frames are dealt with here
//
// In every dialect each event holds `"seq":N` and, after it, its text.

const OPEN_PATIENCE = 30_000;
export const COLON_SEQ = Buffer.from('"seq":');

/** Node's `ws` and the textbook consumer: no sign-in, no requests and answers, one event per frame. */
function plain(pathOf) {
  return ({ ports }) => ({
    acknowledges: false,
    connect: (i, room) => ({ host: "127.0.0.1", port: ports[i % ports.length], path: pathOf(room ?? "bench") }),
    enter: async () => {},
    say: (member, text) => member.socket.send(`{"text":"${text}"}`),
    heard: () => true,
  });
}

/** The live protocol. Options: `stream`, and a `cookies` entry per member. */
function synergy({ ports, stream, cookies }) {
  let command = 0;
  const run = Math.floor(Math.random() * 2 ** 32).toString(16).padStart(8, "0");
  const nextId = () => `${run}-0000-4000-8000-${(command++).toString(16).padStart(12, "0")}`;
  return {
    acknowledges: true,
    connect: (i) => ({
      host: "127.0.0.1",
      port: ports[i % ports.length],
      path: "/ws/live/",
      headers: {
        Cookie: cookies[i % cookies.length],
        Origin: `http://127.0.0.1:${ports[i % ports.length]}`,
        "Sec-WebSocket-Protocol": "synergy.v1",
      },
    }),
    enter: (member, after = null) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => reject(new Error("the room did not open in time")), OPEN_PATIENCE);
        const end = () => (clearTimeout(late), (member.whenRefused = null));
        member.whenOpened = () => (end(), resolve());
        member.whenRefused = (frame) => (end(), reject(new Error(JSON.stringify(frame))));
        member.socket.send(JSON.stringify({ op: "open", stream, after }));
      }),
    /** Any command; gives its id. */
    act: (member, name, data) => {
      const id = nextId();
      member.socket.send(JSON.stringify({ op: "do", id, stream, name, data }));
      return id;
    },
    say: (member, text) => {
      const id = nextId();
      member.socket.send(
        `{"op":"do","id":"${id}","stream":"${stream}","name":"message.post","data":{"text":"${text}","lang":"en"}}`,
      );
    },
    stepOut: (member) => member.socket.send(`{"op":"close","stream":"${stream}"}`),
    acknowledge: (member) => member.socket.send(`{"op":"seen","stream":"${stream}","seq":${member.last}}`),
    keepAlive: (member) => member.socket.send('{"op":"ping","t":0}'),
    heard: (bytes, start, end, member) => {
      // {"op":"events" and {"op":"done" are told apart without decoding them.
      if (bytes[start + 7] === 101) return true;
      if (bytes[start + 7] === 100) return member.whenDone?.(bytes, start, end), false;
      const frame = JSON.parse(bytes.toString("utf8", start, end));
      if (frame.op === "opened") {
        if (frame.state !== null) member.last = frame.head;
        member.whenOpened?.(frame);
      } else if (frame.op === "refused" && member.whenRefused) member.whenRefused(frame);
      else if (["refused", "lagged", "closed"].includes(frame.op)) member.trouble(frame);
      return false;
    },
  };
}

export const DIALECTS = {
  ws: plain(() => "/"),
  textbook: plain((room) => `/ws/chat/${room}/`),
  synergy,
};
