// What a person who cannot see well, or has no mouse, needs of a page. Returns sentences about what is wrong, and the lowest contrast.
() => {
  const wrong = [];
  const say = (condition, sentence) => { if (!condition) wrong.push(sentence); };
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const count = (selector) => document.querySelectorAll(selector).length;
  for (const landmark of ["body > header", "main", "body > footer", "h1"]) say(count(landmark) === 1, `${count(landmark)} of ${landmark}`);
  say(count("header nav[aria-label]") === 1, "no named navigation");
  say(document.title.trim().length > 8, "no title");
  say(/^[a-z]{2}$/.test(document.documentElement.lang), "no language");

  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  say(new Set(ids).size === ids.length, `ids twice: ${ids.filter((id, place) => ids.indexOf(id) !== place)}`);
  for (const attribute of ["aria-labelledby", "aria-describedby"])
    for (const element of document.querySelectorAll(`[${attribute}]`))
      for (const id of element.getAttribute(attribute).split(" ")) say(document.getElementById(id), `${attribute} names nothing: ${id}`);

  for (const control of document.querySelectorAll("input, textarea, select"))
    say([...control.labels].some((label) => label.innerText.trim()), `no label: ${control.outerHTML.slice(0, 80)}`);
  for (const control of document.querySelectorAll("a, button, summary"))
    say(!visible(control) || control.innerText.trim(), `no name: ${control.outerHTML.slice(0, 80)}`);
  for (const region of document.querySelectorAll("[role=region], nav, [tabindex='0']"))
    say(region.getAttribute("aria-label") || region.getAttribute("aria-labelledby"), `no name: ${region.outerHTML.slice(0, 80)}`);
  for (const image of document.querySelectorAll("svg, img"))
    say(image.getAttribute("aria-hidden") === "true" || image.getAttribute("alt"), "a picture without words");
  for (const element of document.querySelectorAll("[style], [onclick], iframe, object, embed")) wrong.push(`not ours: ${element.outerHTML.slice(0, 80)}`);

  let level = 0;
  for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
    const own = Number(heading.tagName[1]);
    say(own <= level + 1, `heading ${heading.innerText} skips a level`);
    level = own;
  }

  for (const control of document.querySelectorAll("button, input, header a, footer a, summary")) {
    const box = control.getBoundingClientRect();
    say(!visible(control) || control.type === "hidden" || box.height >= 24, `small target ${Math.round(box.height)}: ${control.outerHTML.slice(0, 60)}`);
  }

  const parse = (colour) => { const [r, g, b, a = 1] = colour.match(/[\d.]+/g).map(Number); return { r, g, b, a }; };
  const light = ({ r, g, b }) => {
    const part = (value) => { const s = value / 255; return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (one, two) => { const [a, b] = [light(one), light(two)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a > 0) return colour;
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  let lowest = 21;
  let texts = 0;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !visible(element) || element.closest("script, .hidden, .skip")) continue;
    const style = getComputedStyle(element);
    const found = ratio(parse(style.color), ground(element));
    texts += 1;
    lowest = Math.min(lowest, found);
    say(found >= 4.5, `contrast ${found.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
    say(parseFloat(style.fontSize) >= 14, `small text: ${node.textContent.trim().slice(0, 40)}`);
  }
  for (const icon of document.querySelectorAll(".icon")) {
    if (!visible(icon)) continue;
    const disc = parse(getComputedStyle(icon).backgroundColor);
    const under = ground(icon.parentElement);
    const drawn = parse(getComputedStyle(icon.querySelector("path")).stroke);
    if (disc.a > 0) say(ratio(disc, under) >= 3, "a disc that is hard to see");
    say(ratio(drawn, disc.a > 0 ? disc : under) >= 3, "an icon that is hard to see");
  }
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  say(wide <= 0, `${wide} px wider than the window`);
  return { wrong, lowest, texts };
}
