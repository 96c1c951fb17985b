import { Made } from "./made.js";

const SENT = Uint8Array.of(0, 7, 99, 100, 3, 100, 255);

function equal(found, wanted) {
  if (found !== wanted) throw new Error(`${found} is not ${wanted}`);
}

Deno.test("percents come first and then the file, wherever the parts are cut", async () => {
  for (let cut = 0; cut <= SENT.length; cut++) {
    const made = new Made();
    made.take(SENT.subarray(0, cut));
    if (cut === 2) equal(made.percent, 7);
    made.take(SENT.subarray(cut));
    equal(new Uint8Array(await (await made.content()).arrayBuffer()).join(), "3,100,255");
  }
});

Deno.test("an end without a file says why", async () => {
  const told = async (...bytes) => {
    const made = new Made();
    made.take(Uint8Array.from(bytes));
    return await made.content().catch((error) => error.message);
  };
  equal(await told(5, 255, 78, 111), "No");
  equal(await told(5, 6), "The server failed at this; its log says why.");
});
