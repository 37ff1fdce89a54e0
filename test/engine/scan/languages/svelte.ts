import { inScript } from './in-script.ts';

export const svelte = inScript({
  'compares with an id': [
    `{#if account.id === 'zephyra'}\n  <Banner />\n{/if}`,
    `{#if ready}a{:else if tenant === "zephyra"}b{/if}`,
    `<p class="a {tenant === "zephyra" ? 'b' : ''}">{name}</p>`,
    `<p class:vip={account.slug === 'zephyra'}>x</p>`,
    `<button on:click={() => { if (tenant === 'zephyra') { go(); } }}>x</button>`,
    `{@const own = account.id === 'zephyra'}{own}`,
    `<script context="module">\nexport const own = (tenant) => tenant === 'zephyra'\n</script>`,
    `<p>{account.id === 'zephyra' ? 'net 60' : 'net 30'}</p>`,
  ],
  'looks in a list': [`{#if ['zephyra', 'lumora'].includes(tenant)}<b>x</b>{/if}`],
  'keeps a constant and compares later': [
    `<script lang="ts">\nconst VIP = 'zephyra'\n</script>\n{#if account.slug === VIP}<b>x</b>{/if}`,
  ],
  'is a comment': [`<!-- never {#if account.id === 'zephyra'} -->`],
  'is another kind of thing': [
    `<p title="zephyra">zephyra {kind === 'delta' ? 1 : 2}</p>`,
    `<style>.zephyra { color: red }</style>`,
  ],
  'compares two variables': [`{#each accounts as account (account.id)}{account.id}{/each}`],
});
