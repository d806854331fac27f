/// Another driver as this driver's device: its socket, and what it tells there.
@NullMarked
package org.nutjvm.drivers.upstream;

import org.jspecify.annotations.NullMarked;
