@NullMarked
package org.nutjvm.drivers.tripplite;

import org.jspecify.annotations.NullMarked;
