/** Where anybody has an address: it names no customer, whoever writes from there. */
const domains = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com live.co.uk msn.com yahoo.com yahoo.co.uk
  yahoo.fr yahoo.de yahoo.co.jp ymail.com rocketmail.com icloud.com me.com mac.com aol.com gmx.com gmx.de gmx.net gmx.at gmx.ch web.de
  t-online.de freenet.de mail.com email.com proton.me protonmail.com pm.me tutanota.com tuta.io fastmail.com hey.com zoho.com zohomail.com
  yandex.com yandex.ru mail.ru inbox.ru list.ru bk.ru qq.com 163.com 126.com sina.com foxmail.com naver.com daum.net hanmail.net
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it alice.it terra.com.br uol.com.br bol.com.br
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net btinternet.com sky.com virginmedia.com
  ntlworld.com telus.net shaw.ca rogers.com sympatico.ca bigpond.com optusnet.com.au example.com example.org example.net localhost`.split(
    /\s+/,
  ),
);

/** Whether a domain, in lower case, is one of those. */
export const isPublicMail = (domain: string): boolean => domains.has(domain);
