"use strict";
{
  const told = document.querySelector(".told");
  const words = document.body.dataset;

  // The address as a reader wants it: whole, wherever the page stands.
  for (const field of document.querySelectorAll("input[data-feed]")) {
    field.value = new URL(field.dataset.feed, document.baseURI).href;
    field.addEventListener("focus", () => field.select());
    const button = field.nextElementSibling;
    button.hidden = false;
    button.addEventListener("click", () => copy(field));
    field.closest("details").addEventListener("toggle", (event) => event.target.open && copy(field));
  }

  async function copy(field) {
    field.focus();
    field.select();
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      copied = document.execCommand("copy"); // over plain http there is no other way
    }
    told.textContent = copied ? words.copied : words.selected;
    setTimeout(() => { told.textContent = ""; }, 4000);
  }

  // Letters as one types them: without marks, in one spelling.
  const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/[ىی]/g, "ي")
    .replace(/ک/g, "ك").replace(/ة/g, "ه").toLowerCase();
  const filter = document.querySelector(".filter");
  if (filter) {
    const nothing = document.querySelector(".nothing");
    const main = document.querySelector("main");
    const cards = [...document.querySelectorAll(".card")].map((card) => ({
      card,
      name: fold(card.querySelector("h3").textContent),
      site: fold(card.closest(".site").querySelector("h2").textContent),
      headlines: [...card.querySelectorAll(".headlines li")].map((item) => ({ item, text: fold(item.querySelector("a").textContent) })),
    }));
    const show = (typed) => {
      const wanted = fold(typed).split(/\s+/).filter(Boolean);
      const holds = (...texts) => wanted.every((word) => texts.some((text) => text.includes(word)));
      main.classList.toggle("filtered", wanted.length > 0);
      for (const { card, name, site, headlines } of cards) {
        const whole = holds(name, site);
        let shown = whole;
        for (const { item, text } of headlines) {
          item.hidden = !(whole || holds(name, site, text));
          shown ||= !item.hidden;
        }
        card.hidden = !shown;
      }
      for (const site of document.querySelectorAll(".site")) site.hidden = !site.querySelector(".card:not([hidden])");
      nothing.textContent = cards.some(({ card }) => !card.hidden) ? "" : nothing.dataset.text;
    };
    filter.hidden = false;
    filter.querySelector("input").addEventListener("input", (event) => show(event.target.value));
  }
}
