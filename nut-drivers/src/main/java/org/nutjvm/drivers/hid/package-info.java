/// What a HID power device says of itself and what its reports mean: descriptor, items, values, usages, and the tables
/// that give them NUT's names. Pure: bytes in, values out; USB and serial drivers share it.
@NullMarked
package org.nutjvm.drivers.hid;

import org.jspecify.annotations.NullMarked;
