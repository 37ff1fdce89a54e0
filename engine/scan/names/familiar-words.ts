/**
 * Words that stand in product source for something else than a customer, though no list of English has them: what products are made of
 * and with, and proper names. A customer called so is found where an account is compared, and nowhere else.
 */
const words = `
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi omega

account accounts billing invoice invoices payment payments plan plans tier tiers seat seats trial trials pilot subscription subscriptions
starter basic standard studio business enterprise professional premium plus pro free team teams growth scale lite advanced unlimited
essential essentials ultimate developer agency startup nonprofit education partner reseller
admin administrator owner manager editor viewer member guest reader writer approver auditor operator moderator contributor maintainer
user users tenant tenants org orgs organization organisation workspace workspaces customer customers client clients company companies
group groups project projects service services product products order orders item items price prices setting settings config configuration
feature features flag flags limit limits quota quotas usage credit credits discount refund export exports import imports report reports
active inactive enabled disabled pending approved rejected suspended cancelled canceled expired overdue draft archived deleted open closed
status state type kind mode level role roles permission permissions scope scopes action actions event events message messages

auth oauth oauth2 oidc saml scim sso ldap kerberos jwt jwks totp mfa webauthn passkey csrf cors tls ssl https http http2 http3 grpc graphql
rest soap rpc xml xmlrpc json jsonp yaml toml csv tsv html css scss sass svg png jpeg jpg gif webp avif mp3 mp4 webm pdf docx xlsx pptx zip
gzip brotli zstd tar utf8 utf16 ascii unicode latin1 base64 sha1 sha256 sha512 md5 hmac aes rsa ecdsa ed25519 x509 pkcs bcrypt scrypt argon2
smtp imap pop3 dkim spf dmarc dns dnssec ntp ssh sftp ftp tcp udp icmp ipv4 ipv6 dhcp quic mqtt amqp websocket websockets webrtc sse
certbot letsencrypt autocert webhook webhooks callback middleware endpoint endpoints backend frontend fullstack database datastore dataset
datasource datacenter namespace hostname username subdomain localhost timestamp datetime timezone boolean integer string varchar bigint uuid
async await init config env dev prod stage staging canary nightly repo cron daemon kernel regex enum struct tuple mutex semaphore
codec proxy gateway balancer router sidecar ingress egress sandbox schema schemas metadata payload tokenizer tokenize
dashboard sidebar navbar checkbox dropdown tooltip popup modal toolbar scrollbar homepage signup signin login logout onboarding offboarding
upsell helpdesk inbox outbox changelog roadmap analytics telemetry observability healthcheck uptime downtime failover rollback hotfix

react angular vue svelte solid ember backbone jquery nextjs nuxt remix astro gatsby redux mobx zustand rxjs lodash axios express fastify koa
hapi nest nestjs prisma sequelize typeorm drizzle mongoose knex vite webpack rollup esbuild parcel babel eslint prettier jest mocha vitest
cypress playwright selenium storybook tailwind bootstrap chakra electron cordova ionic flutter expo
javascript typescript python golang rust kotlin scala clojure haskell erlang elixir ruby rails sinatra sidekiq django flask fastapi celery
pandas numpy pytorch tensorflow keras jupyter laravel symfony composer wordpress drupal magento shopify joomla java spring hibernate gradle
maven tomcat jetty quarkus micronaut dotnet csharp fsharp blazor nuget swift swiftui cocoa objc perl lua julia fortran cobol bash zsh
powershell node nodejs deno bun npm pnpm yarn cargo pip conda homebrew
postgres postgresql mysql mariadb sqlite oracle mssql sqlserver mongodb mongo redis memcached cassandra dynamodb couchdb neo4j elastic
elasticsearch opensearch solr lucene clickhouse snowflake bigquery redshift databricks kafka rabbitmq nats pulsar zookeeper etcd consul
vault nomad terraform ansible puppet chef vagrant packer docker podman kubernetes helm istio envoy nginx apache caddy haproxy traefik varnish
prometheus grafana loki jaeger zipkin datadog newrelic sentry splunk pagerduty opsgenie statsd fluentd logstash kibana honeycomb
aws amazon ec2 s3 azure gcp google cloudflare fastly akamai heroku vercel netlify render digitalocean linode hetzner ovh supabase firebase
auth0 okta keycloak onelogin duo twilio sendgrid mailgun mailchimp postmark segment mixpanel amplitude heap posthog plausible matomo
stripe paypal braintree adyen square klarna plaid chargebee recurly zuora paddle quickbooks xero netsuite sap workday salesforce hubspot
zendesk intercom freshdesk drift slack teams zoom webex discord telegram whatsapp signal skype notion asana trello jira confluence
atlassian bitbucket github gitlab git gitea jenkins circleci travis bamboo buildkite figma sketch adobe photoshop canva miro airtable
zapier dropbox box onedrive sharepoint gmail outlook hotmail yahoo icloud protonmail bing duckduckgo baidu yandex
facebook instagram meta twitter linkedin reddit pinterest snapchat tiktok youtube vimeo twitch spotify netflix medium substack wikipedia
microsoft windows xbox apple macos ios ipados iphone ipad android linux ubuntu debian fedora redhat centos alpine arch gentoo suse freebsd
chrome chromium firefox mozilla safari opera brave webkit gecko intel nvidia amd arm ibm cisco dell lenovo samsung sony nokia huawei xiaomi
openai anthropic claude gemini gpt chatgpt llama mistral cohere bedrock copilot huggingface
visa mastercard amex discover maestro sepa swift iban applepay googlepay bitcoin ethereum
ups fedex usps dhl uber lyft airbnb doordash ebay etsy walmart acme

january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
red orange yellow green blue indigo violet purple pink brown black white gray grey cyan magenta teal navy lime maroon olive aqua fuchsia
mercury venus earth mars jupiter saturn uranus neptune pluto sun moon luna sol orion sirius vega altair andromeda phoenix polaris apollo
gemini titan atlas helios hermes zeus hera athena ares artemis poseidon hades odin thor loki freya janus juno minerva vulcan cupid
north south east west europe asia africa america oceania antarctica arctic atlantic pacific emea apac latam amer americas nordics benelux
afghanistan albania algeria argentina armenia australia austria azerbaijan bahrain bangladesh belarus belgium bolivia bosnia brazil bulgaria
cambodia cameroon canada chile china colombia croatia cuba cyprus czechia denmark ecuador egypt estonia ethiopia finland france georgia
germany ghana greece greenland guatemala haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan
kazakhstan kenya korea kosovo kuwait laos latvia lebanon liberia libya liechtenstein lithuania luxembourg madagascar malaysia mali malta
mexico moldova monaco mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua niger nigeria norway oman pakistan
panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia singapore slovakia slovenia somalia spain
sudan sweden switzerland syria taiwan tanzania thailand togo tunisia turkey uganda ukraine uruguay uzbekistan venezuela vietnam yemen zambia
zimbabwe england scotland wales britain bavaria catalonia quebec ontario alberta california texas florida nevada virginia oregon ohio
arizona colorado georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota
mississippi missouri montana nebraska oklahoma pennsylvania tennessee utah vermont washington wisconsin wyoming alaska arkansas
london paris berlin munich hamburg frankfurt cologne zurich geneva vienna prague warsaw budapest bucharest sofia athens rome milan turin
madrid barcelona valencia seville lisbon porto amsterdam rotterdam brussels antwerp copenhagen stockholm oslo helsinki dublin belfast
edinburgh glasgow manchester birmingham leeds bristol moscow kyiv kiev istanbul ankara dubai doha riyadh cairo lagos nairobi johannesburg
mumbai delhi bangalore chennai hyderabad kolkata karachi dhaka beijing shanghai shenzhen guangzhou tokyo osaka kyoto seoul busan taipei
bangkok hanoi manila jakarta sydney melbourne brisbane perth adelaide auckland wellington toronto montreal vancouver ottawa calgary boston
chicago dallas houston austin denver seattle portland phoenix atlanta miami orlando detroit cleveland pittsburgh philadelphia baltimore
brooklyn manhattan york newyork angeles losangeles francisco sanfrancisco diego sandiego bogota lima santiago quito havana
james john robert michael william david richard joseph thomas charles mary patricia jennifer linda elizabeth barbara susan jessica sarah
karen alice bob carol dave eve mallory peter paul mark luke anna emma maria laura martin daniel adam simon victor oscar felix leo max
`;

const familiar: ReadonlySet<string> = new Set(words.split(/\s+/).filter(Boolean));

/** Whether a word (in the spelling of `wordsOf`) is one of those. */
export const isFamiliar = (word: string): boolean => familiar.has(word);
