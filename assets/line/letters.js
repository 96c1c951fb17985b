/**
 * What the browser has sent and the server has not answered: sent again when the line is there again.
 *
 * Trap: the connection, its session and its reader are Bokeh's own; no event tells of what was sent and answered.
 */
export class Letters {
  constructor(answered) {
    this.answered = answered;
    this.open = new Map();
    this.through = true;
    const letters = this;
    const { ClientConnection } = window.Bokeh.require("client/connection");
    const { ClientSession } = window.Bokeh.require("client/session");
    const { send } = ClientConnection.prototype, { handle } = ClientSession.prototype;
    ClientConnection.prototype.send = function (message) {
      letters.connection = this;
      letters.post(message, (one) => send.call(this, one));
    };
    ClientSession.prototype.handle = function (message) {
      const again = letters.open.get(message.reqid())?.again;
      if (letters.open.delete(message.reqid()) && !letters.open.size) answered();
      // A session that is new cannot know what was sent to the one before: the page is told by its document.
      if (!again || message.msgtype() !== "ERROR") handle.call(this, message);
    };
  }

  /** Milliseconds since the oldest was sent. */
  get waiting() {
    const [first] = this.open.values();
    return first ? Date.now() - first.sent : 0;
  }

  /** Send this; a page that is asked for again hears first what has changed here. */
  post(message, send) {
    const kind = message.msgtype();
    if (kind === "PULL-DOC-REQ") {
      for (const one of this.open.values()) {
        one.again = true;
        if (one.letter) send(one.letter);
      }
      this.through = true;
    }
    if (kind === "PATCH-DOC") this.open.set(message.msgid(), { letter: message, sent: Date.now() });
    if (kind !== "PATCH-DOC" || this.through) send(message);
  }

  /** Ask something, for the sake of an answer. */
  ask() {
    const { connection } = this;
    if (!connection?.session || this.asked) return;
    this.asked = true;
    const key = "asked";
    this.open.set(key, { sent: Date.now() });
    const done = () => {
      this.asked = false;
      if (this.open.delete(key) && !this.open.size) this.answered();
    };
    connection.session.force_roundtrip().then(done, done);
  }

  /** The line is cut: half a message that has come is none. */
  cut() {
    this.through = false;
    const { Receiver } = window.Bokeh.require("protocol/receiver");
    if (this.connection) Object.assign(this.connection, { _receiver: new Receiver() });
  }

  /** Give up a line on which nobody answers, as if it had been cut. */
  hangUp() {
    const { connection } = this, { socket } = connection;
    if (!socket) return;
    const { onclose } = socket;
    socket.onmessage = socket.onclose = socket.onerror = null;
    socket.close();
    onclose.call(socket, new CloseEvent("close"));
  }
}
