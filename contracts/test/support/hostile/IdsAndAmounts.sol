// SPDX-License-Identifier: UNLICENSED
pragma solidity ^0.8.28;

/// @notice A token that is ids and amounts at once, by ERC-404's rules: whole units come with ids, the last one in goes
/// first. It answers both standards' calls and says of itself, by ERC-165, nothing.
contract IdsAndAmounts {
    uint256 internal constant IDS_FROM = 1 << 255;

    mapping(uint256 id => address) public ownerOf;
    mapping(address account => uint256[]) private _held;
    mapping(address owner => mapping(address spender => bool)) private _approved;

    function mint(address to, uint256 id) external {
        ownerOf[id] = to;
        _held[to].push(id);
    }

    function balanceOf(address account) external view returns (uint256) {
        return _held[account].length;
    }

    function approve(address spender, uint256) external returns (bool) {
        _approved[msg.sender][spender] = true;
        return true;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        for (uint256 i; i < amount; ++i) _move(msg.sender, to, _held[msg.sender][_held[msg.sender].length - 1]);
        return true;
    }

    /// @dev Which of the two is meant, the number tells.
    function transferFrom(address from, address to, uint256 idOrAmount) external returns (bool) {
        require(_approved[from][msg.sender], "not approved");
        if (idOrAmount >= IDS_FROM) _move(from, to, idOrAmount);
        else for (uint256 i; i < idOrAmount; ++i) _move(from, to, _held[from][_held[from].length - 1]);
        return true;
    }

    function _move(address from, address to, uint256 id) private {
        require(ownerOf[id] == from, "not the owner");
        uint256[] storage held = _held[from];
        for (uint256 i; i < held.length; ++i) {
            if (held[i] != id) continue;
            held[i] = held[held.length - 1];
            held.pop();
            break;
        }
        ownerOf[id] = to;
        _held[to].push(id);
    }
}
