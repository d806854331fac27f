@NullMarked
package org.nutjvm.tools.drivers;

import org.jspecify.annotations.NullMarked;
