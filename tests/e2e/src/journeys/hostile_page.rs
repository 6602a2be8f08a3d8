//! A page whose scripts are after what customers type: in the frame they find nothing of it, inline all of it, as the documents say.

use anyhow::{Result, ensure};
use serde_json::json;

use crate::harness::stage::{Layout, Play, Stage, journey};
use crate::pages::{Consents, Identify, RETURNING, Vehicles};

/// Runs before any other script of the page: what an injected script, a session recorder and a form analytics tag do together.
const SPY: &str = r"
if (globalThis === top) {
  const seen = (globalThis.seen = { roots: [], memories: [], words: [] });
  const note = (...words) => seen.words.push(...words.map((word) => typeof word === 'string' ? word : JSON.stringify(word) ?? ''));
  // Closed roots are opened, or at least kept.
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    seen.roots.push(root);
    return root;
  };
  // The module's memory.
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...all) => {
      const made = await original.apply(WebAssembly, all);
      for (const thing of Object.values((made.instance ?? made).exports)) if (thing instanceof WebAssembly.Memory) seen.memories.push(thing);
      return made;
    };
  }
  // What is sent, and what comes.
  const { fetch } = globalThis;
  globalThis.fetch = async (input, options) => {
    const body = options?.body;
    note(String(input?.url ?? input), typeof body === 'string' ? body : body ? new TextDecoder().decode(body) : '', [...new Headers(options?.headers ?? input?.headers)]);
    const answer = await fetch(input, options);
    answer.clone().text().then(note, () => {});
    return answer;
  };
  // What is typed, letter by letter and as a whole.
  const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  Object.defineProperty(HTMLInputElement.prototype, 'value', { ...value, get() {
    const typed = value.get.call(this);
    note(typed);
    return typed;
  } });
  let keys = '';
  for (const type of ['keydown', 'input', 'change', 'paste', 'focusin', 'message']) {
    addEventListener(type, (event) => {
      if (event.key?.length === 1) keys += event.key;
      note(keys, ...event.composedPath().map((node) => node.value ?? ''), event.data ?? '');
    }, true);
  }
  // Letters between windows, and everything that goes through a port.
  for (const { prototype } of [Window, MessagePort]) {
    const { postMessage } = prototype;
    if (postMessage) prototype.postMessage = function (message, ...rest) {
      note(message);
      return postMessage.call(this, message, ...rest);
    };
  }
  const { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage');
  Object.defineProperty(MessagePort.prototype, 'onmessage', { set(act) {
    set.call(this, (event) => {
      note(event.data);
      act(event);
    });
  } });
}";

/// All that the page's scripts have by now.
const LOOT: &str = r"
    const inside = (root) => [root.textContent, ...Array.from(root.querySelectorAll('*'), (node) => [node.value ?? '', ...Array.from(node.attributes, ({ value }) => value), node.shadowRoot ? inside(node.shadowRoot) : ''].join(' '))].join(' ');
    const frames = Array.from(document.querySelectorAll('iframe'), (frame) => { try { return inside(frame.contentDocument); } catch { return ''; } });
    const text = (memory) => ['utf-8', 'utf-16le'].map((code) => new TextDecoder(code).decode(memory.buffer)).join(' ');
    const stores = [JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie, location.href, JSON.stringify(history.state)];
    return [...window.seen.words, inside(document), ...window.seen.roots.map(inside), ...frames, ...window.seen.memories.map(text), ...stores,
      performance.getEntries().map(({ name }) => name).join(' ')].join('\n')";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pages_scripts_find_nothing_of_what_is_typed_into_the_frame() -> Result<()> {
    journey(Play::new("hostile-page"), async |stage| {
        let stage = &*stage;
        stage.browser.run_first(SPY).await?;
        let identify = Identify::open(stage).await?.fill(RETURNING).await?;
        expect_loot(stage, &["identity number", "birth date"]).await?;
        identify.send_as_it_is(RETURNING).await?.enter().await?;
        Consents::reached(stage).await?.pass().await?;
        Vehicles::reached(stage).await?;
        stage.gather().await?;
        let requests = stage.witnessed().network.requests.clone();
        requests.iter().for_each(|request| stage.witnessed().secrets.add_request(request));
        expect_loot(stage, &["identity number", "birth date", "phone", "code", "access token"]).await?;
        ensure!(stage.count("smsSent") == 1, "the page's scripts disturb the sale");
        Ok(())
    })
    .await
}

/// In the frame nothing of the customer is among what the page's scripts have; inline all of this is: the journey looks where it must.
async fn expect_loot(stage: &Stage, kinds: &[&str]) -> Result<()> {
    let loot = stage.browser.page_script(LOOT, json!([])).await?;
    let loot = loot.as_str().unwrap_or_default();
    ensure!(loot.len() > 1_000, "the page's scripts did not look: {loot}");
    let found = stage.witnessed().secrets.kinds_in(loot);
    match stage.play.layout {
        Layout::Frame => ensure!(found.is_empty(), "the page's scripts have {found:?}"),
        Layout::Inline => {
            let hidden: Vec<_> = kinds.iter().filter(|kind| !found.contains(*kind)).collect();
            ensure!(hidden.is_empty(), "inline the page's scripts have {found:?}, and not {hidden:?}: this journey shows nothing");
        }
    }
    Ok(())
}
