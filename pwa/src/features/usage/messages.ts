export const text = {
  title: 'Statistics of use',
  body: 'We count how the app is used: opened, installed, time in front and which features. No address, no device, nothing of what you write. It is kept here for 180 days and given to nobody.',
  on: 'On',
  off: 'Off',
  disable: 'Do not count me',
  enable: 'Count me again',
  disabled: 'You are not counted any more, and what was kept is deleted.',
  enabled: 'Thank you.',
  control: 'Your browser asks not to be counted (Global Privacy Control), and so you are not.',
} as const;
