// What stands in front of a house on the internet: TLS, and plain HTTP that leads to it.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer as plainServer, request } from "node:http";
import { createServer as tlsServer } from "node:https";
import { createServer as portServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const TLS_HELLO = 0x16;

/** A certificate for localhost that lasts a day, in a folder. Answers with its file. */
export async function certificate(folder) {
  const [key, cert] = [join(folder, "front.key"), join(folder, "front.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  await run("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-keyout", key, "-out", cert, ...names]);
  return { key, cert };
}

/**
 * Both kinds of HTTP on one port: the first byte of a connection says which it is.
 * `asForm` may send something else in place of what is asked: it gives the path and the
 * fields of a form, for those who cannot send one themselves.
 */
export async function front(house, port, { key, cert }, asForm = () => null) {
  const { hostname, port: inner } = new URL(house.url);
  const pass = (asked, answer) => {
    const form = asForm(asked);
    const wish = form
      ? { method: "POST", path: form.path, headers: { "sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded" } }
      : { method: asked.method, path: asked.url, headers: asked.headers };
    const passed = request({ hostname, port: inner, ...wish }, (reply) => {
      answer.writeHead(reply.statusCode, reply.rawHeaders);
      reply.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    if (form) passed.end(`${new URLSearchParams(form.fields)}`);
    else asked.pipe(passed);
  };
  const secure = tlsServer({ key: await readFile(key), cert: await readFile(cert) }, pass);
  const plain = plainServer((asked, answer) => {
    answer.writeHead(301, { location: `https://localhost:${port}${asked.url}` }).end();
  });
  const server = portServer((socket) => {
    socket.on("error", () => {});
    socket.once("readable", () => {
      const first = socket.read(1);
      if (!first) return socket.destroy();
      socket.unshift(first);
      (first[0] === TLS_HELLO ? secure : plain).emit("connection", socket);
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return () => server.close();
}
