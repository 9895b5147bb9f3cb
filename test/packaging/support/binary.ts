/** What a program or addon is made for, from its file's header: `ELF x64`, `PE arm64`, `Mach-O x64`. */
export function platformOf(file: Buffer): string {
  if (file.readUInt32BE(0) === 0x7f454c46) {
    return `ELF ${nameOf({ 62: 'x64', 183: 'arm64' }, file.readUInt16LE(18))}`;
  }
  if (file.toString('latin1', 0, 2) === 'MZ') {
    const machine = file.readUInt16LE(file.readUInt32LE(0x3c) + 4);
    return `PE ${nameOf({ 34404: 'x64', 43620: 'arm64' }, machine)}`;
  }
  if (file.readUInt32LE(0) === 0xfeedfacf) {
    return `Mach-O ${nameOf({ 16777223: 'x64', 16777228: 'arm64' }, file.readUInt32LE(4))}`;
  }
  return 'no program';
}

function nameOf(machines: Readonly<Record<number, string>>, machine: number): string {
  return machines[machine] ?? `machine 0x${machine.toString(16)}`;
}
