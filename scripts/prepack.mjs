// npm pack would put the whole workshop into a package; scripts/package.mjs lays out what runs.
console.error('This folder is not the package: npm run package -- --npm makes the tarballs');
process.exit(1);
