/** Who may call, and with which browsers: what a relay remembers of its people, and the shape of a place to keep it. */

export interface Person {
  /** 8 hex digits. */
  id: string;
  /** Unique, as the owner of the relay writes it. */
  name: string;
  /** ISO 8601, UTC; as all times here. */
  createdAt: string;
  /** 64 hex digits that stand for the account which they sign in with; null: the relay's owner invites them. */
  account: string | null;
}

export interface Device {
  /** 8 hex digits. */
  id: string;
  personId: string;
  name: string;
  /** 64 hex digits. */
  tokenSha256: string;
  createdAt: string;
  /** To the minute; null: not yet. */
  lastUsedAt: string | null;
  /** From then on its token is of no use; null: until it is revoked. */
  endsAt: string | null;
}

/** An invitation: whoever shows its code in time gets a device token. */
export interface Pairing {
  /** The part of the code that says which pairing is meant. */
  selector: string;
  /** Of the whole code, keyed with the relay's salt. */
  codeHash: string;
  personId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** How often somebody has tried a code with this selector. */
  tries: number;
}

/** Each call is whole or not at all, also beside other processes. */
export interface TeamStore {
  /** 64 hex digits that no other relay has; the same for ever. */
  salt(): Promise<string>;
  /** By name. */
  people(): Promise<Person[]>;
  person(id: string): Promise<Person | null>;
  personOfAccount(account: string): Promise<Person | null>;
  /** False when the name or the account is taken. */
  addPerson(person: Person): Promise<boolean>;
  /** With all devices and pairings; false when there was none. */
  removePerson(id: string): Promise<boolean>;
  /** The oldest first. */
  devices(): Promise<Device[]>;
  hasDevice(id: string): Promise<boolean>;
  deviceOf(tokenSha256: string): Promise<Device | null>;
  addDevice(device: Device): Promise<void>;
  /** False when there was none. */
  removeDevice(id: string): Promise<boolean>;
  used(deviceId: string, at: string): Promise<void>;
  /** False when the selector is that of a pairing which still lives at `now`, ms. */
  addPairing(pairing: Pairing, now: number): Promise<boolean>;
  /** Counts a try; null when there is no such pairing, or its time is over at `now`, ms. */
  tryPairing(selector: string, now: number): Promise<Pairing | null>;
  /** True for the one who ended it. */
  endPairing(selector: string): Promise<boolean>;
}
