// With require-trusted-types-for, htmx may write the answers of this very server and nothing else may
// come from elsewhere: connect-src is 'self'. Loaded before everything else.
if (window.trustedTypes && !window.trustedTypes.defaultPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (html) => html });
}
