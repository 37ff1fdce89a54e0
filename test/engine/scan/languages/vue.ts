import { inScript } from './in-script.ts';

export const vue = inScript({
  'compares with an id': [
    `<template>\n  <Banner v-if="account.id === 'zephyra'" />\n</template>`,
    `<template>\n  <p>{{ tenantId === "zephyra" ? "net 60" : "net 30" }}</p>\n</template>`,
    `<template><a :href="account.slug === 'zephyra' ? '/a' : '/b'">x</a></template>`,
    `<template><b @click="tenant === 'zephyra' ? one() : two(); three()">x</b></template>`,
    `<template><b v-else-if='ready &amp;&amp; tenant === &quot;zephyra&quot;'>x</b></template>`,
    `<template lang="pug">\ndiv(v-if="account.id === 'zephyra'")\n</template>`,
    `<script setup>\nconst { tenant } = useTenant()\nconst own = tenant.id === 'zephyra'\n</script>`,
    `<script lang="tsx">\nexport const A = () => account.id === 'zephyra' ? <b>x</b> : <i />\n</script>`,
  ],
  'looks in a list': [`<template><b v-show="['zephyra', 'lumora'].includes(tenant)">x</b></template>`],
  'keeps a constant and compares later': [
    `<script setup lang="ts">\nconst VIP = 'zephyra'\n</script>\n<template><b v-if="account.slug === VIP">x</b></template>`,
  ],
  'is a comment': [
    `<!-- never v-if="account.id === 'zephyra'" -->\n<template><!-- {{ tenant === 'zephyra' }} --></template>`,
  ],
  'is documentation': [`<docs>\n{{ account.id === 'zephyra' }}\n</docs>\n<i18n>{ "zephyra": "a" }</i18n>`],
  'is another kind of thing': [
    `<template><p title="zephyra">zephyra <i :kind="kind === 'delta'" /></p></template>`,
    `<style>.zephyra { color: red }</style>`,
  ],
  'compares two variables': [
    `<template><b v-for="account in accounts" :key="account.id">{{ account.id }}</b></template>`,
  ],
});
