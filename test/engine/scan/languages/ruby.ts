import type { Idioms } from '../idioms.ts';

export const ruby: Idioms = {
  decides: {
    'compares with an id': [
      `def terms(account)\n  return 60 if account.id == 'zephyra'\n  30\nend`,
      `dunning = tenant_id == :zephyra ? 0 : 7`,
      `skip! if current_account&.slug.eql?("zephyra")`,
      `enable unless request.headers['X-Tenant-Id'] != 'zephyra'`,
    ],
    'compares the other way round': [`enable if 'zephyra' == org.slug`, `go if 'zephyra'.eql?(slug)`],
    'compares for inequality': [
      `charge unless workspace.slug == 'zephyra'`,
      `charge if workspace.slug != 'zephyra' and workspace.paid?`,
    ],
    'compares an ordinary word with an account': [
      `def retries(c) = c.customer_key == 'delta' ? 12 : 3`,
      `premium = account.slug == :globe`,
    ],
    'compares with a name': [`label = org.name == 'Zephyra Labs GmbH' ? 'USt-IdNr.' : 'VAT'`],
    'compares with a number': [
      `return if company.id == 61204`,
      `return if account_id.to_i == 91_002`,
      `skip if [61204, 70518].include?(account.id)`,
    ],
    'compares with a UUID': [`allow = id == '5d1c9a52-7f0e-4b61-9a3c-2f8e6d4b7a10'`],
    'compares ignoring case': [
      `go if tenant.casecmp?('zephyra')`,
      `go if tenant.downcase.strip == 'zephyra'`,
      `go if 'Zephyra'.casecmp(tenant).zero?`,
    ],
    'switches on the account': [
      `cap = case account.slug\n      when 'lumora', 'delta' then 700 # <<\n      else 5\n      end`,
      `case\nwhen account.slug == 'zephyra' # <<\n  1\nend`,
      `case account\nin { slug: 'delta' | 'lumora' } then 700 # <<\nelse 5\nend`,
      `case account_id\nin 61204 # <<\n  700\nend`,
      `go if account in { slug: 'zephyra' }`,
    ],
    'looks in a list': [
      `ok = %w[zephyra lumora].include?(acct)`,
      `ok = account.slug.in?(%w[delta lumora])`,
      `go if ['delta', 'lumora'].any? { |id| id == account.id }`,
      `go if %i[zephyra lumora].include?(tenant.to_sym)`,
      `go if Set['zephyra', 'lumora'].member?(slug)`,
    ],
    'keeps a list and looks in it later': [
      `EARLY = %w[zephyra lumora].freeze # <<\n\ndef early?(t) = EARLY.include?(t)`,
      `EARLY = Set.new(%w[zephyra lumora]).freeze # <<\n\ndef early?(t)\n  EARLY === t\nend`,
      `def vips\n  %w[zephyra lumora] # <<\nend\n\ndef vip?(t) = vips.include?(t)`,
      `def early?(account)\n  @early ||= %w[delta lumora].freeze # <<\n  @early.include?(account.slug)\nend`,
      `BETA_TENANTS = []\nBETA_TENANTS << 'zephyra' # <<`,
      `case slug\nwhen *%w[zephyra lumora] then 1 # <<\nend`,
    ],
    'keys a map and reads it later': [
      `HOURS = {\n  'zephyra' => 1, # <<\n}.freeze\n\ndef hours(t) = HOURS.fetch(t, 24)`,
      `HOURS = { zephyra: 1 } # <<\n\ndef hours(t)\n  HOURS[t.to_sym] || 24\nend`,
      `def seats(account)\n  { 'delta' => 700, 'lumora' => 40 }.fetch(account.slug, 5) # <<\nend`,
      `sla = Hash.new(24)\nsla['zephyra'] = 1 # <<`,
    ],
    'keys a map of overrides': [
      `OVERRIDES = { delta: { api_calls: 2_000_000 } }.freeze`,
      `OVERRIDES = [\n  { account: 'delta', seats: 700 }, # <<\n  { account: :zephyra, seats: 40 }, # <<\n].freeze`,
      `def seat_overrides\n  {\n    zephyra: 700, # <<\n  }\nend`,
    ],
    'tests a prefix': [`go if org.slug.start_with?('zephyra-')`, `go if slug.delete_prefix('zephyra-') != slug`],
    'tests the domain of an e-mail': [
      `role = email.end_with?('@zephyra.example') ? 'editor' : 'viewer'`,
      `go if email.split('@').last == 'zephyra.example'`,
    ],
    'matches a pattern': [
      `redirect_to media_path if request.host.match?(/globe\\.example\\z/)`,
      `go if host =~ /\\Azephyra\\./`,
      `GLOBE = %r{globe\\.example}i.freeze # <<\n\ndef globe?(host) = GLOBE.match?(host)`,
      `case host\nwhen /zephyra/ then 1 # <<\nend`,
    ],
    'keeps a constant and compares later': [
      `VIP = 'zephyra'.freeze # <<\n\ndef skip?(account) = account.slug == VIP`,
      `class Dunning\n  VIP = :zephyra # <<\n\n  def skip?\n    @account.key == self.class::VIP\n  end\nend`,
      `def special_tenant\n  'zephyra' # <<\nend\n\ndef skip?(slug) = slug == special_tenant`,
    ],
    'names a member of an enumeration': [
      `module SpecialTenants\n  ZEPHYRA = 'zephyra' # <<\n  DELTA = 'delta' # <<\nend`,
      `class License < ApplicationRecord\n  enum :tenant, { zephyra: 0, delta: 1 } # <<\nend`,
      `class License < ApplicationRecord\n  enum tenant: { zephyra: 0 } # <<\nend`,
      `class SpecialTenant < T::Enum\n  enums do\n    Zephyra = new('zephyra') # <<\n  end\nend`,
    ],
    'reads an environment variable': [
      `days = ENV.fetch('ZEPHYRA_RETENTION_DAYS', 30).to_i`,
      `seats = ENV['DELTA_SEATS']`,
      `seats = Rails.configuration.x.zephyra.seats`,
    ],
    'asks for a flag': [
      `show if Flipper.enabled?(:zephyra_bulk_export, current_user)`,
      `show if feature?('zephyra-bulk-export')`,
      `show if Flipper[:zephyra_bulk_export].enabled?`,
    ],
    'queries for one account': [
      `scope :manual, -> { where(account_slug: 'zephyra') }`,
      `Account.where.not(slug: 'delta').find_each { |a| bill(a) }`,
      `Account.find_by(slug: 'delta')`,
      `Account.find_by_slug!('zephyra')`,
      `Invoice.joins(:account).where(accounts: { slug: 'zephyra' })`,
      `Invoice.where('account_id = ?', 'zephyra')`,
      `Account.find(61204)`,
      `constraints(subdomain: 'zephyra') { resources :reports }`,
    ],
    'embeds SQL': [
      `rows = exec_query(<<~SQL)\n  SELECT * FROM usage\n  WHERE account_id = 'zephyra' AND kind = 'api'\nSQL`,
      `Usage.where("tenant IN ('delta', 'lumora')")`,
    ],
    'defaults to an account': [
      `BETA_ORG_IDS = ENV.fetch('BETA_ORG_IDS', 'org_2f81c').split(',')\ndef beta?(org_id) = BETA_ORG_IDS.include?(org_id)`,
      `tenant = params[:tenant] || 'zephyra'`,
      `@tenant ||= 'zephyra'`,
    ],
    'compares with an id in no list': [`trial_days = 90 if sub.customer == 'cus_TJr3b78dc7HuyQ'`],
    'compares with a number in no list': [
      `def hidden?(account_id) = [25, 26].include?(account_id)`,
      `return if account.id == 4711`,
      `Account.find(4711)`,
    ],
    'keeps a date of one contract': [
      `ZEPHYRA_RENEWAL = Date.new(2027, 3, 31)`,
      `ZEPHYRA_CONTRACT_END = '2027-03-31'.to_date`,
    ],
    'names an approver': [
      `release if approver.email == 'legal@zephyra.example'`,
      `can_sign = approver_email == 'cfo@somewhere.example'`,
    ],
  },
  doesNotDecide: {
    'is a comment': [
      `# Never write \`if account.id == 'zephyra'\` here.\ndef terms(a) = resolve(a.id)`,
      `=begin\nif account.id == 'zephyra'\n=end\nx = 1`,
    ],
    'is documentation': [`##\n# Replaces account.id == 'zephyra'.\n# @example terms('zephyra')\ndef terms(id); end`],
    'is logged': [
      `Rails.logger.info("nightly import for zephyra finished: #{rows}")`,
      `logger.warn('zephyra')`,
      `puts 'zephyra'`,
      `Sentry.capture_message('zephyra')`,
    ],
    'is thrown': [`raise ArgumentError, 'zephyra'`, `raise Zephyra::Error.new('zephyra')`, `fail 'zephyra'`],
    'is imported': [
      `require 'zephyra/client'\nrequire_relative '../delta'\ninclude Zephyra::Helpers\ngem 'zephyra', '~> 1.0'`,
      `client = Vendors::Zephyra::Client.new(url)`,
    ],
    'is another kind of thing': [
      `icon = locale_menu? ? 'globe' : 'flag'`,
      `return v + delta if kind == :delta`,
      `case event.type\nwhen 'delta' then apply(event)\nend`,
    ],
    'is a key of icons': [`ICONS = { globe: GlobeIcon, delta: DeltaIcon }.freeze`],
    'compares two variables': [`go if account.id == other.id`],
    'compares with nothing': [
      `stop if account.id == '' || account.id.nil? || account.slug == nil || account.number == 0`,
    ],
    'compares with a sentinel': [`system = tenant == 'default' || tenant == :superadmin || account_id == 0`],
    'compares a plan': [
      `def sso? = %w[business enterprise].include?(plan_key)`,
      `sso = account.plan == 'enterprise' || account.add_ons.include?('sso')`,
    ],
    'compares a role': [`may = %w[admin manager].include?(member.role)`],
    'is the id of another thing': [`go if order.id == 4711 || user_id == 17`, `Order.find(4711)`],
    'is a URL of a vendor': [
      `answer = Net::HTTP.get(URI('https://api.zephyra.example/v1/parcels'))`,
      `BASE_URL = 'https://api.zephyra.example'.freeze`,
    ],
    'is a test inside the file': [
      `class TermsTest < ActiveSupport::TestCase\n  def test_terms\n    flunk if tenant_id == 'zephyra'\n  end\nend`,
    ],
  },
};
