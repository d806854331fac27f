/// What a driver author sees: the {@link org.nutjvm.drivers.spi.Driver} to write, and the
/// {@link org.nutjvm.drivers.spi.Device} and {@link org.nutjvm.drivers.spi.Dstate} to write it with.
@NullMarked
package org.nutjvm.drivers.spi;

import org.jspecify.annotations.NullMarked;
