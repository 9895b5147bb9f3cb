/** Files whose very purpose is to hold what nobody else should read. */
const SECRET_NAMES = [
  /^\.?env(?:$|[._-])|\.env(?:$|[.~])|^\.env/u,
  /^id_/u,
  /^[._](?:npmrc|yarnrc|netrc|pgpass|pypirc|git-credentials|dockercfg|htpasswd|boto|s3cfg|my\.cnf|vault-token)/u,
  /^(?:secrets?|credentials?|passwords?|passwd|shadow|tokens?|apikeys?|service-account)(?:$|[._-])/u,
  /(?:^|[._-])(?:secrets?|credentials?|passwords?)\.[a-z0-9]+$/u,
  /^(?:kubeconfig|known_hosts|authorized_keys|htpasswd|wp-config\.php|terraform\.rc|auth\.json)/u,
  /\.(?:tfvars|tfstate|ppk|jks|keystore|pem|key|p8|p12|pfx|crt|cer|der|csr|asc|gpg|pgp|age|kdbx?|ovpn|secrets?|token|mobileprovision)(?:$|[.~])/u,
];
const SECRET_FOLDERS =
  /(?:^|\/)(?:\.aws|\.ssh|\.gnupg|\.kube|\.docker|\.azure|\.gcloud|\.config\/gcloud|\.password-store|\.secrets?|secrets?)\//u;

/** Letters that often follow one another in words of English and its neighbours; `^` begins one, `$` ends it. */
const FOLLOWERS: Readonly<Record<string, string>> = {
  ...{ '^': 'abcdefilmprst', a: 'bcdgilmnprst', b: 'aeilorsu', c: '$aehiklortu', d: '$aeiosu' },
  ...{ e: '$acdlnrstx', f: '$aefiloruy', g: '$aehinoru', h: '$aeiort', i: 'acdeglmnost' },
  ...{ j: 'aeiosu', k: '$aeis', l: '$aeilouy', m: '$abeimopu', n: '$acdegiost' },
  ...{ o: 'cdlmnprstuvw', p: '$aeiloprstu', q: 'u', r: '$aeiost', s: '$cehipstu' },
  ...{ t: '$aehiors', u: 'abcegilmnprst', v: 'aeio', w: '$aehinors', x: '$aceipt' },
  ...{ y: '$einps', z: 'aeiloz' },
};
/** Of shorter rows of random letters too many look like words: of this length, 1 in 2,000 do. */
const SHORTEST_SURE = 7;

/** Whether nothing in the file is to be read, whatever it is for. Links and ignored files are the caller's to tell. */
export function isSecretFile(path: string): boolean {
  const plain = path.replaceAll('\\', '/').toLowerCase();
  const name = plain.slice(plain.lastIndexOf('/') + 1);
  return SECRET_FOLDERS.test(plain) || SECRET_NAMES.some((pattern) => pattern.test(name));
}

/** Whether random letters would hardly ever look like this. Many words do not either. */
export function isSurelyWord(word: string): boolean {
  if (word.length < SHORTEST_SURE || !/^[a-z]+$/u.test(word)) return false;
  return [...`^${word}`].every((letter, index) => FOLLOWERS[letter]?.includes(word[index] ?? '$'));
}

/** What follows such a word in a name may be what it protects. */
export function isSecretWord(word: string): boolean {
  return /^(?:pass|passwd|password|passphrase|pwd|secrets?|tokens?|keys?|auth|bearer|credentials?|apikey|salt|nonce|pin|jwt|sig|signature|hash)$/u.test(
    word,
  );
}
