// Notices by mail: an address is given, confirmed with the link that came there, and deleted.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";

import { launch, visit } from "./support/browser.mjs";
import { signUp } from "./support/member.mjs";
import { startSite, until } from "./support/site.mjs";

const SAY = {
  zh: { off: "没有保存任何邮箱", asked: "链接已在路上", question: "要把这个账号的通知发到", on: "邮箱已确认", gone: "邮箱已删除", bad: "这不是邮箱地址" },
  en: { off: "No address is stored", asked: "A link is on its way", question: "Should notices for this account go to", on: "Your address is confirmed", gone: "The address is deleted", bad: "This is not an e-mail address" },
};
const WAYS = [
  { lang: "zh", viewport: "phone", js: true },
  { lang: "en", viewport: "desktop", js: true },
  { lang: "en", viewport: "phone", js: false },
  { lang: "zh", viewport: "desktop", js: false, dark: true },
];

let browser;
let site;
let post;

/** A server that takes every mail. */
async function takeMail() {
  const letters = [];
  const server = createServer((socket) => {
    let letter;
    let rest = "";
    socket.write("220 post.test\r\n");
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const lines = (rest + chunk).split("\r\n");
      rest = lines.pop();
      for (const line of lines) {
        if (letter !== undefined && line !== ".") letter.push(line);
        else if (line === ".") {
          letters.push(letter.join("\n"));
          letter = undefined;
          socket.write("250 taken\r\n");
        } else if (line.startsWith("DATA")) {
          letter = [];
          socket.write("354 go on\r\n");
        } else if (line.startsWith("QUIT")) socket.end("221 bye\r\n");
        else socket.write("250 ok\r\n");
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { letters, port: server.address().port, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** The text of a letter, whatever way it travelled. */
function textOf(raw) {
  const at = raw.indexOf("\n\n");
  const [head, body] = [raw.slice(0, at), raw.slice(at + 2)];
  if (/Encoding: base64/.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/Encoding: quoted-printable/.test(head)) return body;
  const bytes = body.replace(/=\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

before(async () => {
  browser = await launch();
  post = await takeMail();
  site = await startSite({ PARTAKE_SMTP_URL: `smtp://127.0.0.1:${post.port}`, PARTAKE_MAIL_FROM: "notices@site.test" });
});
after(async () => {
  await browser?.close();
  await site?.close();
  await post?.close();
});

async function letterTo(address) {
  const found = () => post.letters.find((letter) => letter.includes(address));
  await until(found, `a letter to ${address}`);
  return textOf(found());
}

for (const way of WAYS) {
  const { lang } = way;
  const name = `${lang}_${way.js ? "js" : "plain"}`;
  test(`an address is given, confirmed and deleted: ${lang}, ${way.viewport}, JavaScript ${way.js ? "on" : "off"}`, { timeout: 60_000 }, async (t) => {
    const mei = await visit(t, browser, site, way);
    mei.expecting(422);
    const { page } = mei;
    const say = SAY[lang];
    const says = async (words) => assert.ok((await page.locator("main").innerText()).includes(words), words);
    const address = `${name}@mail.test`;
    await signUp(mei, name);

    await mei.goto(`/${lang}/account`);
    await mei.press(page.locator('a[href$="/account/mail"]'));
    await says(say.off);
    await mei.look();
    const ask = async (typed) => {
      await page.locator('input[name="address"]').fill(typed);
      await mei.press(page.locator('button[value="ask"]'));
    };
    await ask("no address");
    await says(say.bad);
    await mei.look();
    await ask(address);
    await says(say.asked);
    await mei.look();
    const text = await letterTo(address);
    const link = /https?:\/\/\S+token=\S+/.exec(text)[0];
    await mei.goto(link);
    await says(`${say.question}`);
    await mei.look();
    await mei.press(page.locator('button[value="confirm"]'));
    await says(say.on);
    await mei.look();
    await mei.press(page.locator('button[value="forget"]'));
    await says(say.gone);
    await mei.leave();
  });
}
