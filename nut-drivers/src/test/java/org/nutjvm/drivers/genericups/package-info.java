@NullMarked
package org.nutjvm.drivers.genericups;

import org.jspecify.annotations.NullMarked;
