// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {DemoPicture} from "./DemoPicture.sol";
import {LocalChain} from "./LocalChain.sol";

/// @title Single pieces to put under the hammer on the local chain. Anyone may mint one.
contract DemoLots is LocalChain, ERC721 {
    uint256 public nextTokenId = 1;

    mapping(uint256 tokenId => string) private _titles;
    mapping(uint256 tokenId => string) private _descriptions;

    constructor() ERC721("Demo lots", "LOT") {}

    function mint(address to, string calldata title, string calldata description) external returns (uint256 tokenId) {
        tokenId = nextTokenId++;
        _titles[tokenId] = title;
        _descriptions[tokenId] = description;
        _mint(to, tokenId);
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        return DemoPicture.metadata(_titles[tokenId], _descriptions[tokenId], tokenId);
    }
}
