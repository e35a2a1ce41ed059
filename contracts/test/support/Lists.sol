// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import "../../src/types/AuctionTypes.sol";

/// @notice Longer and shorter copies of a witness's lists.
library Lists {
    function plus(Winner[] memory list, Winner memory item) internal pure returns (Winner[] memory longer) {
        longer = new Winner[](list.length + 1);
        for (uint256 i; i < list.length; ++i) longer[i] = list[i];
        longer[list.length] = item;
    }

    function plus(Bid[] memory list, Bid memory item) internal pure returns (Bid[] memory longer) {
        longer = new Bid[](list.length + 1);
        for (uint256 i; i < list.length; ++i) longer[i] = list[i];
        longer[list.length] = item;
    }

    function plus(Opening[] memory list, Opening memory item) internal pure returns (Opening[] memory longer) {
        longer = new Opening[](list.length + 1);
        for (uint256 i; i < list.length; ++i) longer[i] = list[i];
        longer[list.length] = item;
    }
}
