// @ts-check
// Says in a sentence what kept the application from starting, for whoever runs the page.
import { base } from "insurup-load";

/** Collects what the page's own policy forbids us while we start. */
export function watchPolicy() {
  /** @type {string[]} */
  const blocked = [];
  /** @type {(cause: unknown) => void} */
  let refuse;
  /** Never fulfilled: nothing is to be waited for where the policy forbids what is needed. @type {Promise<never>} */
  const broken = new Promise((_, reject) => (refuse = reject));
  /** @param {SecurityPolicyViolationEvent} event */
  const note = ({ blockedURI, effectiveDirective, disposition }) => {
    if (disposition !== "enforce") return; // A policy on trial reports, and lets pass.
    const origin = base && new URL(base).origin;
    const missing = blockedURI === "wasm-eval" ? "'wasm-unsafe-eval'" : origin && blockedURI.startsWith(origin) ? origin : "";
    if (missing) refuse(blocked.push(effectiveDirective + " needs " + missing));
  };
  document.addEventListener("securitypolicyviolation", note);
  return { blocked, broken, stop: () => document.removeEventListener("securitypolicyviolation", note) };
}

/**
 * @param {any} cause
 * @param {ReturnType<typeof watchPolicy>} policy
 */
export async function explain(cause, policy) {
  // The browser reports a violation in a task of its own, after the call has failed.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const [directive] = policy.blocked;
  const why = directive ? "blocked by the page's Content-Security-Policy: " + directive : (cause && cause.message) || String(cause);
  return ((cause && cause.file) || "the application") + ": " + why;
}
