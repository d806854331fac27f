/// `dummy-ups`: a device played from a file, or another server's device repeated.
@NullMarked
package org.nutjvm.drivers.dummy;

import org.jspecify.annotations.NullMarked;
