/** What a called thing does, by its name: the same words in every language, lower case, letters only. */
export type CallRole =
  | 'equality'
  | 'membership'
  | 'affix'
  | 'pattern'
  | 'query'
  | 'lookup'
  | 'environment'
  | 'flag'
  | 'silent'
  | 'list'
  | 'map'
  | 'entry'
  | 'merge'
  | 'through';

const roles: Readonly<Record<CallRole, string>> = {
  equality:
    'equals equalsignorecase equal equalto eql eq iseq isequal isequalto contentequals equalfold strcmp strcasecmp strncasecmp strncmp strnatcasecmp same sameas is areequal ordinalequals ieq iexact eqignorecase eqignoreasciicase compareto compare localecompare',
  membership:
    'includes include contains containsvalue inarray in isin anyof oneof member indexof lastindexof arraysearch some any anymatch every all exists find findindex isany binarysearch detect none nonematch notin isoneof containsany containsfunc indexfunc in inlist notinlist equalsany equalsanyignorecase strcontains mbstrpos mbstripos strcontainsall',
  affix:
    'startswith endswith startwith endwith hasprefix hassuffix strstartswith strendswith stripprefix stripsuffix trimprefix trimsuffix removeprefix removesuffix start end beginswith beginwith deleteprefix deletesuffix cutprefix cutsuffix istartswith iendswith startswithignorecase endswithignorecase startswithany endswithany',
  pattern:
    'match matches test ismatch pregmatch fullmatch search compile regexp regex regexnew newregex mustcompile matchstring matchwhole containsmatchin toregex pattern findall like ilike rlike similarto icontains notlike strpos stripos strstr stristr fnmatch fnmatchcase minimatch ismatching globmatch',
  query:
    'where filter filterby find findby findbyid findbyorfail findone findoneby findfirst findunique findmany findorfail firstwhere wherein wherenot orwhere andwhere having exclude excludeby get getobjector404 getobjectoroptional q objects query eqcolumn rejectwhere filterwhere countby count exists existsby select neq ne matchwhere updateall deleteall destroyby firstorcreate findorcreateby findorinitializeby wherenotin setparameter',
  lookup:
    'get getordefault getvalueordefault trygetvalue containskey haskey has key fetch dig getornull getorelse computeifabsent arraykeyexists keyexists hasown hasownproperty iskey getvalue getorput getor lookup opt',
  environment:
    'getenv env environ lookupenv getenvironmentvariable environmentvariable getproperty getenvordefault envorelse osgetenv varos envvar getenvvar mustgetenv config getconfig requireenv',
  flag: 'isenabled enabled isfeatureenabled featureenabled feature features hasfeature flag flagenabled isflagenabled isactive variation boolvariation booleanvariation isavailable getbooleanvalue getflag featureflag useflag usefeature isfeatureactive featureisenabled getfeature treatment ison booleanvalue evaluateflag checkgate flagisactive switchisactive sampleisactive isenabledfor featureisactive getbooleanflag isfeaturepresent',
  silent:
    'log info warn warning debug error errorf warnf infof debugf fatal fatalf trace print println printf puts p pp echo writeline console fprintf panic panicf notice critical logf loginformation logwarning logerror logdebug logcritical logtrace raise throw assert asserttrue assertequals expect describe it t translate trans gettext ngettext i18n msg errorln exception newerror errornew addbreadcrumb capturemessage captureexception setname tracef eprintln dbg todo unimplemented vardump printstacktrace comment section title heading',
  list: 'set list array enum strenum of arrayof listof setof mutablesetof mutablelistof hashsetof aslist arraylist hashset treeset linkedhashset frozenset tuple immutableset immutablelist vec smallvec from fromiter newset toset tolist toarray asset hashsetfrom btreeset copyof freeze concat collect collection wordset stream iter iterator values asequence tosortedset sortedsetof linkedset orderedset hashsetof immutablesetof immutablelistof frozenlist ',
  map: 'map mapof mutablemapof hashmapof hashmap treemap linkedhashmap immutablemap concurrentmap concurrenthashmap dict ordereddict defaultdict fromentries ofentries btreemap indexmap concurrentdictionary dictionary sortedmapof linkedmapof phfmap hashmapfrom frozendictionary mapfromentries mappingproxy mappingproxytype enummap',
  entry: 'entry pair put add set setdefault insert to keyvaluepair simpleentry addsetting addoverride register',
  merge: 'update merge assign putall addall extend setdefaults mergedeep deepmerge reversemerge tryadd',
  through:
    'tolowercase touppercase lower upper downcase upcase casefold trim strip tostring tos string str guid uuid fromstring parse parseuuid objectid symbol tosym intern toowned into asstr toinvariant tolowerinvariant toupperinvariant bigint number int parseint long int64 int32 uint uint64 uint32 valueof integer freeze clone some ok unwrap box rc arc cow text literal raw quote sqlparam mustparse uuidmustparse parsestr newguid asref tovec tosortedlist lcase ucase strtolower strtoupper split reversed sorted unmodifiableset unmodifiablelist unmodifiablemap readonly asreadonly tohashset toimmutablehashset tofrozenset tofrozendictionary build object keys objectfreeze deepfreeze date newdate datetime localdate asconst memo arrayflip arrayfilter arrayvalues arraykeys arraymerge arrayunique arrayfillkeys lazy default',
};

const byName = new Map<string, CallRole[]>();
for (const [role, names] of Object.entries(roles) as [CallRole, string][])
  for (const name of names.split(' ')) {
    const known = byName.get(name) ?? [];
    byName.set(name, [...known, role]);
  }

/** Everything a call of that name may do; which of it counts depends on where the literal stands. */
export const callRoles = (name: string): readonly CallRole[] =>
  byName.get(name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')) ?? [];
