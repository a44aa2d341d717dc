// What feedsmith and htmlparser2 make of feed files, as lines of JSON: `feed_libraries.py` starts it.
import { readFileSync } from "node:fs";
import { parseFeed as parseByHtmlparser2 } from "htmlparser2";
import { parseFeed as parseByFeedsmith } from "feedsmith";

function byFeedsmith(text) {
  const { feed } = parseByFeedsmith(text);
  const items = (feed.entries ?? feed.items ?? []).map((item) => ({
    id: item.id ?? item.guid?.value,
    title: item.title?.value ?? item.title,
    link: item.links?.[0]?.href ?? item.link ?? item.url,
    enclosed: (item.enclosures ?? item.attachments ?? (item.links ?? []).filter((one) => one.rel === "enclosure")).length,
  }));
  return { library: "feedsmith", title: feed.title?.value ?? feed.title, items };
}

function byHtmlparser2(text) {
  const feed = parseByHtmlparser2(text, { xmlMode: true });
  const items = feed.items.map(({ id, title, link, media }) => ({ id, title, link, enclosed: media.length }));
  return { library: "htmlparser2", title: feed.title, items };
}

for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const found = file.endsWith(".json") ? [byFeedsmith(text)] : [byFeedsmith(text), byHtmlparser2(text)];
  for (const one of found) console.log(JSON.stringify({ file, ...one }));
}
