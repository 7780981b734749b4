/** Microphones and loudspeakers as a person chooses among them. Pure. */
export interface Device {
  kind: MediaDeviceKind;
  deviceId: string;
  label: string;
}

export interface DeviceChoice {
  /** Empty: the system's own choice. */
  id: string;
  /** Empty: chosen once, and not connected now. */
  name: string;
}

/** Chrome's own entries for what the system has chosen; the empty choice says the same. */
const standIns = new Set(['', 'default', 'communications']);

/** Without the permission the browser tells that there are devices, but not which. */
export function areUnnamed(devices: readonly Device[]): boolean {
  return devices.some(({ kind, label }) => kind === 'audioinput' && label === '');
}

/** What can be chosen besides the system's own, in the browser's order; what is chosen is always there. */
export function deviceChoices(devices: readonly Device[], kind: MediaDeviceKind, chosen: string): DeviceChoice[] {
  const choices = devices
    .filter((device) => device.kind === kind && !standIns.has(device.deviceId))
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
  const known = chosen === '' || choices.some(({ id }) => id === chosen);
  return known ? choices : [...choices, { id: chosen, name: '' }];
}
