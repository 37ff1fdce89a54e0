/** What a product that asks through OpenFeature installs beside OpenFeature's server SDK. */
export { type TermsProvider, type TermsProviderOptions, termsProvider } from './terms-provider.ts';
