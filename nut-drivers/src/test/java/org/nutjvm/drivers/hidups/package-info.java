@NullMarked
package org.nutjvm.drivers.hidups;

import org.jspecify.annotations.NullMarked;
