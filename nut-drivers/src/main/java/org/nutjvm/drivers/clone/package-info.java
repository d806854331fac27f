/// `clone` and `clone-outlet`: an outlet of another driver's device as a device of its own.
@NullMarked
package org.nutjvm.drivers.clone;

import org.jspecify.annotations.NullMarked;
