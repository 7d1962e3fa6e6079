// Reads a feed with one of the parsers that programs in JavaScript use: node read.mjs PARSER URL
// Prints its items as JSON: [{"id": …, "title": …, "link": …}].
const [parser, url] = process.argv.slice(2);

const fetched = async () => (await fetch(url, { headers: { accept: "*/*" } })).text();

const readers = {
  "rss-parser": async () => {
    const { default: Parser } = await import("rss-parser");
    const feed = await new Parser().parseURL(url);
    return feed.items.map((item) => ({ id: item.guid ?? item.id, title: item.title, link: item.link }));
  },
  "feed-extractor": async () => {
    const { extract } = await import("@extractus/feed-extractor");
    const feed = await extract(url, { getExtraEntryFields: (entry) => ({ guid: entry.guid?.["#text"] ?? entry.guid ?? entry.id }) });
    return feed.entries.map((item) => ({ id: item.guid, title: item.title, link: item.link }));
  },
  "feed-parser": async () => {
    const { parseFeed } = await import("@rowanmanning/feed-parser");
    const feed = parseFeed(await fetched());
    return feed.items.map((item) => ({ id: item.id, title: item.title, link: item.url }));
  },
  feedsmith: async () => {
    const { parseFeed } = await import("feedsmith");
    const { format, feed } = parseFeed(await fetched());
    const link = (item) => item.link ?? item.url ?? item.links?.find((one) => !one.rel || one.rel === "alternate")?.href;
    const title = (item) => item.title?.value ?? item.title;
    return (format === "atom" ? feed.entries : feed.items).map((item) => ({
      id: item.guid?.value ?? item.id,
      title: title(item),
      link: link(item),
    }));
  },
};

console.log(JSON.stringify(await readers[parser]()));
process.exit(0); // rss-parser would keep the process alive
