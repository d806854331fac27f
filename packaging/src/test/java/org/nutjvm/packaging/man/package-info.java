/// Tests of the image and of what puts it together.
@NullMarked
package org.nutjvm.packaging.man;

import org.jspecify.annotations.NullMarked;
