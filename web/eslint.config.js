// What reviewers would otherwise say again and again, and where each part of the site may reach.
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const features = [
  'api',
  'account',
  'capture',
  'engine',
  'live',
  'onboarding',
  'plan',
  'report',
  'history',
  'settings',
  'catalog',
  'body-map',
  'today',
  'outbox',
  'log',
];
const paths = (names) => names.flatMap((name) => [`$lib/${name}`, `$lib/${name}/*`]);
const walls = (files, names, message) => ({
  files,
  rules: {
    'no-restricted-imports': ['error', { patterns: [{ group: paths(names), message }] }],
  },
});

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'static/', 'test-results/', 'node_modules/'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: { allowDefaultProject: ['src/service-worker.ts'] },
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      // TypeScript knows better which names exist.
      'no-undef': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // A single-page app at the site's root: there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, svelteConfig },
    },
    rules: {
      // In markup ESLint takes what callbacks receive for `any`; svelte-check knows better.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  {
    // Only these talk to the network: `api` for data, `engine` for networks and modules, the service worker for caching.
    files: ['src/**'],
    ignores: ['src/lib/api/**', 'src/lib/engine/**', 'src/service-worker.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'only lib/api fetches' },
        { name: 'XMLHttpRequest', message: 'only lib/api fetches' },
        { name: 'WebSocket', message: 'only lib/api talks to a server' },
      ],
    },
  },
  walls(['src/lib/ui/**'], features, 'lib/ui has no domain words'),
  walls(
    ['src/lib/engine/**'],
    ['ui', 'live', 'report', 'history', 'api'],
    'the worker knows no screen',
  ),
  walls(
    ['src/lib/capture/**'],
    ['ui', 'live', 'report', 'history', 'api'],
    'cameras know no screen',
  ),
  walls(
    ['src/lib/outbox/**'],
    ['log', 'live', 'plan', 'today', 'history'],
    'the outbox does not know what it sends',
  ),
  walls(['src/lib/history/**'], ['ui', 'live', 'capture'], 'what is stored knows no screen'),
);
